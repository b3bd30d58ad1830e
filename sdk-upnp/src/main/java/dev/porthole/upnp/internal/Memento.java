package dev.porthole.upnp.internal;

import dev.porthole.mapping.Gateway;
import dev.porthole.upnp.internal.UpnpProvider.Service;
import dev.porthole.upnp.internal.wire.DescriptionReader;
import java.util.Optional;

/**
 * What is written down of a gateway so that it need not be searched for: where its description and its WAN connection are.
 * One line, its fields separated by spaces, of which none has one.
 */
final class Memento {
    private static final String VERSION = "1";
    private static final String NONE = "-";
    private static final String MINIUPNPD = "miniupnpd";
    private static final int FIELDS = 6;

    private Memento() {}

    static String write(Service service) {
        return String.join(
                " ",
                VERSION,
                service.type(),
                service.description().toString(),
                service.control().toString(),
                service.scpd().map(DeviceUrl::toString).orElse(NONE),
                service.miniupnpd() ? MINIUPNPD : NONE);
    }

    /**
     * Reads what was written, or what somebody else put in its place.
     *
     * @return empty where it is not of this version, or not all of it is on the gateway itself
     */
    static Optional<Service> read(String memento, Gateway gateway) {
        String[] fields = memento.split(" ", -1);
        if (fields.length != FIELDS || !fields[0].equals(VERSION) || !DescriptionReader.isWanConnection(fields[1])) {
            return Optional.empty();
        }
        Optional<DeviceUrl> description = on(gateway, fields[2]);
        Optional<DeviceUrl> control = on(gateway, fields[3]);
        Optional<DeviceUrl> scpd = on(gateway, fields[4]);
        boolean sound = description.isPresent() && control.isPresent() && (scpd.isPresent() || fields[4].equals(NONE));
        return sound
                ? Optional.of(
                        new Service(fields[1], description.get(), control.get(), scpd, fields[5].equals(MINIUPNPD)))
                : Optional.empty();
    }

    private static Optional<DeviceUrl> on(Gateway gateway, String url) {
        return DeviceUrl.parse(url).filter(parsed -> parsed.on(gateway.lanAddress()));
    }
}
