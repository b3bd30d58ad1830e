package dev.porthole.examples;

import dev.porthole.Diagnosis;
import dev.porthole.ExaminedService;
import dev.porthole.diagnose.Hop;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.Gateway;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way from the vantage to the cameras, as it is drawn: the places it goes through, and a lane for each service. The
 * same for text and for a drawing.
 */
final class Way {
    private final Map<Hop, Place> places = new EnumMap<>(Hop.class);
    private final List<Lane> lanes = new ArrayList<>();

    /**
     * A place.
     *
     * @param name what it is
     * @param address where it is, or empty
     */
    record Place(String name, String address) {}

    /** How a part of a lane is. */
    enum State {
        /** A connection got so far. */
        PASSED,
        /** Here it ends. */
        BROKEN,
        /** It never came here. */
        NOT_REACHED,
        /** Nothing is known of it. */
        UNKNOWN
    }

    /**
     * One service.
     *
     * @param label camera, service and internal port
     * @param external the external port, or what is there instead
     * @param states each place, from the camera on
     * @param outcome in a few words
     */
    record Lane(String label, String external, Map<Hop, State> states, String outcome) {
        State at(Hop hop) {
            return states.getOrDefault(hop, State.UNKNOWN);
        }
    }

    Way(Diagnosis diagnosis) {
        String reflexive =
                diagnosis.reflexiveAddress().map(InetAddress::getHostAddress).orElse("");
        String external = external(diagnosis.externalAddress());
        places.put(Hop.CAMERA, new Place("camera", cameras(diagnosis)));
        relay(diagnosis).ifPresent(place -> places.put(Hop.RELAY, place));
        places.put(
                Hop.GATEWAY,
                diagnosis
                        .gateway()
                        .map(gateway -> new Place("router", address(gateway)))
                        .orElse(new Place("router", "none found")));
        places.put(Hop.PROVIDER, new Place("provider", reflexive.isEmpty() ? external : reflexive));
        places.put(Hop.VANTAGE, new Place(vantage(diagnosis.vantage()), ""));
        boolean several = diagnosis.services().stream()
                        .map(ExaminedService::camera)
                        .distinct()
                        .count()
                > 1;
        diagnosis.services().forEach(service -> lanes.add(lane(service, several)));
    }

    /** There is one only where something leads to it. */
    private static Optional<Place> relay(Diagnosis diagnosis) {
        Optional<String> address = diagnosis.services().stream()
                .flatMap(service -> service.relay().stream())
                .map(relay -> relay.address().getHostAddress())
                .findFirst();
        boolean broken = diagnosis.services().stream()
                .anyMatch(
                        service -> service.brokenAt().filter(Hop.RELAY::equals).isPresent());
        return address.isPresent() || broken
                ? Optional.of(new Place("relay (here)", address.orElse("")))
                : Optional.empty();
    }

    private static String cameras(Diagnosis diagnosis) {
        List<String> addresses = diagnosis.services().stream()
                .map(service -> service.camera().address().getHostAddress())
                .distinct()
                .toList();
        return addresses.size() == 1 ? addresses.get(0) : addresses.size() + " of them";
    }

    private static String address(Gateway gateway) {
        return gateway.lanAddress().getHostAddress();
    }

    private static String external(ExternalAddress external) {
        return external.address().map(InetAddress::getHostAddress).orElse(external.reported());
    }

    private static String vantage(Vantage vantage) {
        return switch (vantage.kind()) {
            case AGENT -> "agent outside";
            case HERE -> "this host";
            case LAN -> "LAN";
            case HAIRPIN -> "this host (hairpin)";
        };
    }

    private static Lane lane(ExaminedService service, boolean several) {
        String label = (several ? service.camera().name() + " " : "")
                + service.service().name() + " " + service.service().port();
        String external = service.mapping()
                .map(mapping -> mapping.externalPort() + (service.trial() ? " (trial)" : ""))
                .orElse("not mapped");
        return new Lane(label, external, states(service), outcome(service));
    }

    private static Map<Hop, State> states(ExaminedService service) {
        Map<Hop, State> states = new EnumMap<>(Hop.class);
        boolean arrived = service.outside()
                .filter(v -> v.status() == Verdict.Status.REACHABLE)
                .isPresent();
        Hop broken = service.brokenAt().orElse(null);
        boolean relayed = service.relay().isPresent() || broken == Hop.RELAY;
        for (Hop hop : Hop.values()) {
            State state;
            if (arrived && (broken == null || service.trial())) {
                state = State.PASSED;
            } else if (broken == null) {
                state = State.UNKNOWN;
            } else if (hop == broken) {
                state = State.BROKEN;
            } else {
                state = hop.compareTo(broken) > 0 ? State.PASSED : State.NOT_REACHED;
            }
            states.put(hop, hop == Hop.RELAY && !relayed ? states.getOrDefault(Hop.CAMERA, state) : state);
        }
        return states;
    }

    private static String outcome(ExaminedService service) {
        if (service.reachable()) {
            return reached(service.outside().orElseThrow().stage());
        }
        return service.cause().map(Enum::name).orElse("unknown");
    }

    private static String reached(Stage stage) {
        return switch (stage) {
            case MEDIA -> "video flows";
            case DESCRIBE, SETUP, PLAY -> "stream there";
            case PAGE -> "web page seen";
            case AUTH -> "asks for login";
            case RESOLVE, CONNECT, TLS, PROTOCOL -> "answers";
        };
    }

    /** The places that are drawn, from the camera on. */
    List<Hop> hops() {
        return List.copyOf(places.keySet());
    }

    Map<Hop, Place> places() {
        return places;
    }

    List<Lane> lanes() {
        return lanes;
    }
}
