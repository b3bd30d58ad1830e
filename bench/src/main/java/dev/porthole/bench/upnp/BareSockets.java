package dev.porthole.bench.upnp;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The floor: nothing but the datagram and the requests that the task needs, no checks, no parser.
 *
 * <p>One instance talks to one gateway. Not thread-safe.
 */
public final class BareSockets implements Contestant {
    private static final String SEARCH =
            "M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\n"
                    + "MX: 2\r\nST: urn:schemas-upnp-org:device:InternetGatewayDevice:1\r\n\r\n";
    private static final String CONNECTION = "<serviceType>urn:schemas-upnp-org:service:WANIPConnection:";
    private static final int TIMEOUT_MILLIS = 5_000;

    private String server = "";
    private String serviceType = "";
    private URI control = URI.create("");

    /** One that has found no gateway yet. */
    public BareSockets() {}

    @Override
    public void discover() throws IOException {
        String reply = search();
        server = header(reply, "server:");
        URI location = URI.create(header(reply, "location:"));
        String description = BareHttp.get(location);
        int service = description.indexOf(CONNECTION);
        if (service < 0) {
            throw new IOException("no WANIPConnection in the description");
        }
        serviceType = element(description, "serviceType", service);
        control = location.resolve(element(description, "controlURL", service));
    }

    /** The gateway's software: the last product of its SERVER field; those before it name the system. */
    String software() {
        return server.substring(server.lastIndexOf(' ') + 1);
    }

    private static String search() throws IOException {
        byte[] request = SEARCH.getBytes(StandardCharsets.US_ASCII);
        byte[] buffer = new byte[1_500];
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.send(new DatagramPacket(
                    request, request.length, new InetSocketAddress(InetAddress.getByName("239.255.255.250"), 1900)));
            DatagramPacket reply = new DatagramPacket(buffer, buffer.length);
            socket.receive(reply);
            return new String(buffer, 0, reply.getLength(), StandardCharsets.UTF_8);
        }
    }

    private static String header(String reply, String name) {
        int start = reply.toLowerCase(Locale.ROOT).indexOf("\n" + name) + 1 + name.length();
        return reply.substring(start, reply.indexOf('\r', start)).strip();
    }

    @Override
    public String externalAddress() throws IOException {
        return element(call("GetExternalIPAddress", ""), "NewExternalIPAddress", 0);
    }

    @Override
    public void add(Wish wish) throws IOException {
        call(
                "AddPortMapping",
                "<NewRemoteHost></NewRemoteHost><NewExternalPort>" + wish.externalPort()
                        + "</NewExternalPort><NewProtocol>TCP</NewProtocol><NewInternalPort>" + wish.internalPort()
                        + "</NewInternalPort><NewInternalClient>" + wish.internalClient()
                        + "</NewInternalClient><NewEnabled>1</NewEnabled><NewPortMappingDescription>"
                        + Wish.DESCRIPTION + "</NewPortMappingDescription><NewLeaseDuration>" + Wish.LEASE
                        + "</NewLeaseDuration>");
    }

    @Override
    public void addAndReadBack(Wish wish) throws IOException {
        add(wish);
        check(wish);
    }

    /**
     * Looks for a mapping.
     *
     * @param wish the mapping
     * @throws IOException where the gateway does not have it
     */
    public void check(Wish wish) throws IOException {
        String entry = call("GetSpecificPortMappingEntry", port(wish.externalPort()));
        String client = element(entry, "NewInternalClient", 0);
        String port = element(entry, "NewInternalPort", 0);
        if (!client.equals(wish.internalClient()) || !port.equals(Integer.toString(wish.internalPort()))) {
            throw new IOException("external port " + wish.externalPort() + " leads to " + client + ":" + port);
        }
    }

    /**
     * Removes a mapping.
     *
     * @param externalPort its external port
     * @throws IOException where the gateway does not answer
     */
    public void delete(int externalPort) throws IOException {
        call("DeletePortMapping", port(externalPort));
    }

    private static String port(int externalPort) {
        return "<NewRemoteHost></NewRemoteHost><NewExternalPort>" + externalPort
                + "</NewExternalPort><NewProtocol>TCP</NewProtocol>";
    }

    @Override
    public int list() throws IOException {
        for (int index = 0; ; index++) {
            String body = "<NewPortMappingIndex>" + index + "</NewPortMappingIndex>";
            String reply = post("GetGenericPortMappingEntry", body);
            if (!succeeded(reply)) {
                return index;
            }
            element(reply, "NewExternalPort", 0);
            element(reply, "NewInternalClient", 0);
        }
    }

    private String call(String action, String arguments) throws IOException {
        String reply = post(action, arguments);
        if (!succeeded(reply)) {
            throw new IOException(action + ": " + reply);
        }
        return reply;
    }

    private static boolean succeeded(String reply) {
        return reply.startsWith("200", reply.indexOf(' ') + 1);
    }

    private String post(String action, String arguments) throws IOException {
        String body = "<?xml version=\"1.0\"?>"
                + "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\""
                + " s:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><s:Body><u:" + action
                + " xmlns:u=\"" + serviceType + "\">" + arguments + "</u:" + action + "></s:Body></s:Envelope>";
        return BareHttp.post(control, serviceType + "#" + action, body);
    }

    private static String element(String xml, String name, int from) throws IOException {
        int open = xml.indexOf("<" + name + ">", from);
        int close = xml.indexOf("</" + name + ">", open);
        if (open < 0 || close < 0) {
            throw new IOException("no " + name + " in " + xml);
        }
        return xml.substring(open + name.length() + 2, close);
    }
}
