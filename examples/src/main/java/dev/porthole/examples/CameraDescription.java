package dev.porthole.examples;

import dev.porthole.Camera;
import dev.porthole.CameraBrand;
import dev.porthole.Credentials;
import dev.porthole.Secret;
import dev.porthole.plan.PortPolicy;
import dev.porthole.reach.Target.Scheme;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One camera as options or a file describe it, before it is known whether that makes sense as a whole. */
final class CameraDescription {
    /** The services that can be published, in the order of reports. */
    static final List<Scheme> SERVICES = List.of(Scheme.HTTP, Scheme.HTTPS, Scheme.RTSP);
    /** The longest that devices take, and that is tried. */
    private static final int LONGEST_PATH = 2048;
    /** External ports of the guides, for messages that show what to write. */
    private static final Map<Scheme, Integer> EXAMPLES =
            Map.of(Scheme.HTTP, 8888, Scheme.HTTPS, 8443, Scheme.RTSP, 8889);

    /** Writes {@code external rtsp=8889} the way the user would have to: as an option or as a line of the file. */
    interface Spelling {
        String external(Scheme service, int port);
    }

    private final String where;
    private final Spelling spelling;
    private final InetAddress address;
    private final Map<Scheme, Integer> ports = new EnumMap<>(Scheme.class);
    private final Set<Scheme> without = EnumSet.noneOf(Scheme.class);
    private final Map<Scheme, Integer> externals = new EnumMap<>(Scheme.class);
    private @Nullable String name;
    private boolean recorder;
    private CameraBrand brand = CameraBrand.GENERIC;
    private @Nullable String rtspPath;
    private Policy policy = Policy.AUTO;
    private @Nullable String user;
    private @Nullable Secret password;

    /**
     * A camera with the defaults.
     *
     * @param where what to name in complaints about the whole
     * @param spelling how to write what is missing
     * @param address its address
     */
    CameraDescription(String where, Spelling spelling, InetAddress address) {
        this.where = where;
        this.spelling = spelling;
        this.address = address;
    }

    void name(String at, String value) {
        if (value.isBlank()) {
            throw new InvalidInput(at, "the name is empty; give one such as front-door, or leave it out");
        }
        name = value;
    }

    void recorder(boolean value) {
        recorder = value;
    }

    void brand(CameraBrand value) {
        brand = value;
    }

    void port(Scheme service, int port) {
        ports.put(service, port);
    }

    void without(Scheme service) {
        without.add(service);
    }

    void rtspPath(String at, String value) {
        if (value.isEmpty() || value.length() > LONGEST_PATH || value.chars().anyMatch(c -> c <= ' ' || c >= 0x7F)) {
            throw new InvalidInput(
                    at,
                    Words.quoted(value) + " is not a path; give one such as /main, and write spaces and letters outside"
                            + " ASCII as %20 and the like");
        }
        rtspPath = value;
    }

    void policy(Policy value) {
        policy = value;
    }

    void external(String at, Scheme service, int port) {
        if (externals.putIfAbsent(service, port) != null) {
            throw new InvalidInput(at, "the external port of " + service.id() + " is given twice");
        }
    }

    void user(String at, String value) {
        user = Inputs.user(at, value);
    }

    void password(Secret value) {
        password = value;
    }

    /** The camera, where it makes sense as a whole. */
    Camera camera() {
        Camera.Builder builder = builder();
        if (name != null) {
            builder.name(name);
        }
        builder.brand(brand).kind(recorder ? Camera.Kind.NVR : Camera.Kind.CAMERA);
        Set<Scheme> published = published(builder);
        if (rtspPath != null) {
            if (!published.contains(Scheme.RTSP)) {
                throw new InvalidInput(where, "there is a path for the stream, but RTSP is not to be published");
            }
            builder.path(Scheme.RTSP, rtspPath);
        }
        policies(builder, published);
        credentials(builder);
        return builder.build();
    }

    private Camera.Builder builder() {
        try {
            return Camera.at(address);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(where, e.getMessage() + "; give the camera's own address");
        }
    }

    private Set<Scheme> published(Camera.Builder builder) {
        Set<Scheme> published = EnumSet.of(Scheme.HTTP, Scheme.RTSP);
        ports.forEach((service, port) -> {
            builder.service(service, port);
            published.add(service);
        });
        for (Scheme service : without) {
            if (ports.containsKey(service)) {
                throw new InvalidInput(
                        where, service.id() + " has a port and is also not to be published; give one of the" + " two");
            }
            builder.without(service);
            published.remove(service);
        }
        if (published.isEmpty()) {
            throw new InvalidInput(where, "no service is left to publish; keep HTTP, HTTPS or RTSP");
        }
        return published;
    }

    private void policies(Camera.Builder builder, Set<Scheme> published) {
        externals.forEach((service, port) -> {
            if (!published.contains(service)) {
                throw new InvalidInput(
                        where,
                        "there is an external port for " + service.id() + ", which is not to be"
                                + " published; give its internal port too, or leave it out");
            }
            builder.policy(service, PortPolicy.manual(port));
        });
        if (Set.copyOf(externals.values()).size() < externals.size()) {
            throw new InvalidInput(where, "two services cannot have the same external port; give each its own");
        }
        List<String> missing = new ArrayList<>();
        for (Scheme service : published) {
            if (!externals.containsKey(service)) {
                if (policy == Policy.MANUAL) {
                    missing.add(spelling.external(service, EXAMPLES.getOrDefault(service, service.defaultPort())));
                } else {
                    builder.policy(service, policy.portPolicy());
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new InvalidInput(
                    where,
                    "the policy 'manual' needs an external port for each service; add for example "
                            + Words.list(missing));
        }
    }

    private void credentials(Camera.Builder builder) {
        if (user != null && password != null) {
            builder.credentials(new Credentials(user, password));
        } else if (user != null || password != null) {
            throw new InvalidInput(
                    where,
                    user != null
                            ? "there is a user without a password file; passwords are read from a file"
                            : "there is a password file without a user; give the user too");
        }
    }
}
