package dev.porthole.upnp.internal.wire;

import dev.porthole.http.internal.DeviceText;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.TransportProtocol;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.bitlet.weupnp.PortMappingEntry;

/** Reads one entry of a gateway's table of mappings. */
public final class EntryReader {
    /** NewLeaseDuration is a ui4. */
    private static final long MAX_LEASE = 0xFFFF_FFFFL;

    private static final int MAX_DESCRIPTION = 256;
    private static final int MAX_HOST = 256;

    private EntryReader() {}

    /**
     * Reads an entry of a listing.
     *
     * @param reply the reply to GetGenericPortMappingEntry
     * @return the mapping; two where the entry is for TCP and UDP; none where it is a placeholder (port 0, no client) or
     *     makes no sense
     * @throws MalformedDocumentException where a value is there twice, differently
     */
    public static List<PortMapping> listed(SoapReply reply) throws MalformedDocumentException {
        PortMappingEntry entry = common(reply);
        entry.setExternalPort(port(reply.value("NewExternalPort")));
        entry.setRemoteHost(remoteHost(reply.value("NewRemoteHost")));
        entry.setProtocol(reply.value("NewProtocol").toUpperCase(Locale.ROOT));
        boolean placeholder = entry.getExternalPort() == 0
                || (entry.getInternalClient().matches("|0[.]0[.]0[.]0") && entry.getInternalPort() == 0);
        if (placeholder) {
            return List.of();
        }
        Optional<Duration> lease = lease(reply);
        return protocols(entry.getProtocol()).stream()
                .map(protocol -> mapping(entry, protocol, lease))
                .toList();
    }

    /**
     * Reads one entry that was asked for by its key.
     *
     * @param reply the reply to GetSpecificPortMappingEntry
     * @param protocol as asked for
     * @param externalPort as asked for
     * @param remoteHost as asked for
     * @return the mapping; none where the reply holds a placeholder
     * @throws MalformedDocumentException where a value is there twice, differently
     */
    public static Optional<PortMapping> specific(
            SoapReply reply, TransportProtocol protocol, int externalPort, String remoteHost)
            throws MalformedDocumentException {
        PortMappingEntry entry = common(reply);
        entry.setExternalPort(externalPort);
        entry.setRemoteHost(remoteHost);
        if (entry.getInternalClient().matches("|0[.]0[.]0[.]0") && entry.getInternalPort() == 0) {
            return Optional.empty();
        }
        return Optional.of(mapping(entry, protocol, lease(reply)));
    }

    private static PortMappingEntry common(SoapReply reply) throws MalformedDocumentException {
        PortMappingEntry entry = new PortMappingEntry();
        entry.setInternalPort(port(reply.value("NewInternalPort")));
        entry.setInternalClient(client(DeviceText.oneLine(reply.value("NewInternalClient"), MAX_HOST)));
        entry.setEnabled(reply.value("NewEnabled"));
        entry.setPortMappingDescription(DeviceText.oneLine(reply.value("NewPortMappingDescription"), MAX_DESCRIPTION));
        return entry;
    }

    /** Some gateways pad the numbers of an address: 192.168.001.010. Padded or not, they are decimal. */
    private static String client(String text) {
        return text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}") ? text.replaceAll("\\b0+(?=[0-9])", "") : text;
    }

    private static PortMapping mapping(PortMappingEntry entry, TransportProtocol protocol, Optional<Duration> lease) {
        return new PortMapping(
                protocol,
                PortRange.of(entry.getExternalPort()),
                entry.getInternalClient(),
                entry.getInternalPort(),
                entry.getRemoteHost(),
                entry.getPortMappingDescription(),
                lease,
                !entry.getEnabled().matches("(?i)0|false|no"));
    }

    /** Some web interfaces keep one rule for both transports. */
    private static List<TransportProtocol> protocols(String text) {
        return switch (text) {
            case "TCP" -> List.of(TransportProtocol.TCP);
            case "UDP" -> List.of(TransportProtocol.UDP);
            case "BOTH", "ALL", "ANY", "*", "TCP/UDP", "UDP/TCP", "TCP+UDP", "TCP,UDP", "TCP&UDP", "TCP_UDP" ->
                List.of(TransportProtocol.TCP, TransportProtocol.UDP);
            default -> List.of();
        };
    }

    private static String remoteHost(String text) {
        String host = DeviceText.oneLine(text, MAX_HOST);
        return host.equals("*") || host.equals("0.0.0.0") || host.equals("0.0.0.0/0") ? "" : host;
    }

    private static Optional<Duration> lease(SoapReply reply) throws MalformedDocumentException {
        OptionalLong seconds = number(reply.value("NewLeaseDuration"), MAX_LEASE);
        return seconds.isPresent() && seconds.getAsLong() > 0
                ? Optional.of(Duration.ofSeconds(seconds.getAsLong()))
                : Optional.empty();
    }

    /**
     * Reads a port.
     *
     * @param text untrusted
     * @return 1 to 65535, or 0 where the text is no such number
     */
    public static int port(String text) {
        return (int) number(text, PortRange.MAX_PORT).orElse(0);
    }

    private static OptionalLong number(String text, long max) {
        if (!text.matches("[0-9]{1,12}")) {
            return OptionalLong.empty();
        }
        long value = Long.parseLong(text);
        return value <= max ? OptionalLong.of(value) : OptionalLong.empty();
    }
}
