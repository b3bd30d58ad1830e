package dev.porthole;

import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.MappingTag;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.plan.PlanItem;
import dev.porthole.plan.PortPolicy;
import dev.porthole.reach.Target.Scheme;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A network camera or a network video recorder on the LAN, with the services that are to be reachable from outside.
 * Immutable.
 *
 * <p>Defaults are those of the makers' product lines, cameras and recorders alike: a web page on HTTP 80 and a stream on
 * RTSP 554, both with an external port of Porthole's choice.
 *
 * <pre>{@code
 * Camera camera = Camera.at("192.168.69.110").name("front-door").brand(CameraBrand.MILESIGHT).build();
 * }</pre>
 */
public final class Camera {
    /** What the device is. Makes no difference to mapping; reports say it. */
    public enum Kind {
        /** A network camera. */
        CAMERA,
        /** A network video recorder. */
        NVR
    }

    private final InetAddress address;
    private final String name;
    private final Kind kind;
    private final CameraBrand brand;
    private final Optional<Credentials> credentials;
    private final List<CameraService> services;

    private Camera(Builder builder) {
        address = builder.address;
        name = builder.name;
        kind = builder.kind;
        brand = builder.brand;
        credentials = Optional.ofNullable(builder.credentials);
        List<CameraService> list = new ArrayList<>();
        builder.ports.forEach((scheme, port) -> list.add(new CameraService(
                scheme, port, builder.path(scheme), builder.policies.getOrDefault(scheme, builder.policy))));
        services = List.copyOf(list);
    }

    private Camera(Camera whole, InetAddress place, Optional<Credentials> account, List<CameraService> some) {
        address = place;
        name = whole.name;
        kind = whole.kind;
        brand = whole.brand;
        credentials = account;
        services = List.copyOf(some);
    }

    /**
     * A builder for a camera at a host.
     *
     * @param host an IP literal, or a name, which is resolved here and now and never again
     * @return a new builder
     * @throws IllegalArgumentException where the name cannot be resolved
     */
    public static Builder at(String host) {
        try {
            return at(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "camera '" + host + "': this name does not resolve; give its IP address", e);
        }
    }

    /**
     * A builder for a camera at an address.
     *
     * @param address the camera's LAN address
     * @return a new builder
     * @throws IllegalArgumentException where no camera can have that address (multicast, 0.0.0.0)
     */
    public static Builder at(InetAddress address) {
        if (address.isMulticastAddress() || address.isAnyLocalAddress()) {
            throw new IllegalArgumentException("no camera can have the address " + address.getHostAddress());
        }
        return new Builder(address);
    }

    /**
     * The camera's LAN address.
     *
     * @return the address
     */
    public InetAddress address() {
        return address;
    }

    /**
     * The camera's name, by which it keeps its external ports.
     *
     * @return the name; the literal address unless set
     */
    public String name() {
        return name;
    }

    /**
     * What the device is.
     *
     * @return a camera unless set
     */
    public Kind kind() {
        return kind;
    }

    /**
     * The maker.
     *
     * @return generic unless set
     */
    public CameraBrand brand() {
        return brand;
    }

    /**
     * The account for verifying.
     *
     * @return empty unless set
     */
    public Optional<Credentials> credentials() {
        return credentials;
    }

    /**
     * The services, in the order HTTP, HTTPS, RTSP, RTSPS.
     *
     * @return an unmodifiable list, never empty
     */
    public List<CameraService> services() {
        return services;
    }

    /** The same camera with these services only. */
    Camera only(List<CameraService> some) {
        return new Camera(this, address, credentials, some);
    }

    /** What stands for the camera at another address: as a gateway would see it that is to lead to a relay. */
    Camera standIn(InetAddress place, List<CameraService> there) {
        return new Camera(this, place, credentials, there);
    }

    /** The same camera, to be asked for nothing that needs an account. */
    Camera withoutCredentials() {
        return new Camera(this, address, Optional.empty(), services);
    }

    /**
     * Where a service is on the LAN.
     *
     * @param service one of {@link #services()}
     * @return the endpoint
     */
    public InternalEndpoint endpoint(CameraService service) {
        return new InternalEndpoint(address, service.port());
    }

    /**
     * A service as the planner sees it.
     *
     * @param service one of {@link #services()}
     * @return the plan item
     */
    public PlanItem planItem(CameraService service) {
        return new PlanItem(
                MappingTag.of(name, service.name()), TransportProtocol.TCP, endpoint(service), service.policy());
    }

    /** Name, address and ports. */
    @Override
    public String toString() {
        String ports = String.join(
                ", ", services.stream().map(s -> s.name() + " " + s.port()).toList());
        return name + " (" + address.getHostAddress() + "; " + ports + ")";
    }

    /** Builds a {@link Camera}. Not thread-safe. */
    public static final class Builder {
        private final InetAddress address;
        private final Map<Scheme, Integer> ports = new EnumMap<>(Scheme.class);
        private final Map<Scheme, String> paths = new EnumMap<>(Scheme.class);
        private final Map<Scheme, PortPolicy> policies = new EnumMap<>(Scheme.class);
        private String name;
        private Kind kind = Kind.CAMERA;
        private CameraBrand brand = CameraBrand.GENERIC;
        private PortPolicy policy = PortPolicy.auto();
        private @org.jspecify.annotations.Nullable Credentials credentials;

        private Builder(InetAddress address) {
            this.address = address;
            this.name = address.getHostAddress();
            ports.put(Scheme.HTTP, Scheme.HTTP.defaultPort());
            ports.put(Scheme.RTSP, Scheme.RTSP.defaultPort());
        }

        /**
         * Sets the name.
         *
         * @param value unique behind a gateway, not blank; default the literal address
         * @return this
         * @throws IllegalArgumentException where it is blank
         */
        public Builder name(String value) {
            if (value.isBlank()) {
                throw new IllegalArgumentException("a camera's name must not be blank");
            }
            name = value.strip();
            return this;
        }

        /**
         * Says what the device is.
         *
         * @param value default a camera
         * @return this
         */
        public Builder kind(Kind value) {
            kind = Objects.requireNonNull(value, "kind");
            return this;
        }

        /**
         * Sets the maker, and with it the path of the main stream.
         *
         * @param value default generic
         * @return this
         */
        public Builder brand(CameraBrand value) {
            brand = Objects.requireNonNull(value, "brand");
            return this;
        }

        /**
         * Publishes a service.
         *
         * @param scheme the service
         * @param port its internal port; HTTP 80 and RTSP 554 are published unless told otherwise
         * @return this
         * @throws IllegalArgumentException where the port is out of range
         */
        public Builder service(Scheme scheme, int port) {
            ports.put(scheme, dev.porthole.mapping.PortRange.checkPort(port));
            return this;
        }

        /**
         * Does not publish a service.
         *
         * @param scheme the service
         * @return this
         */
        public Builder without(Scheme scheme) {
            ports.remove(scheme);
            return this;
        }

        /**
         * Sets the path that proves a service.
         *
         * @param scheme the service
         * @param value default {@code /} for web pages, the brand's main stream for RTSP
         * @return this
         * @throws IllegalArgumentException where it holds white space or control characters
         */
        public Builder path(Scheme scheme, String value) {
            if (value.chars().anyMatch(c -> c <= ' ' || c == 0x7F)) {
                throw new IllegalArgumentException("path '" + value + "' holds white space or control characters");
            }
            paths.put(scheme, value.startsWith("/") ? value : "/" + value);
            return this;
        }

        /**
         * Sets how external ports are chosen.
         *
         * @param value default {@link PortPolicy#auto()}
         * @return this
         */
        public Builder policy(PortPolicy value) {
            policy = Objects.requireNonNull(value, "policy");
            return this;
        }

        /**
         * Sets how the external port of one service is chosen.
         *
         * @param scheme the service
         * @param value default that of {@link #policy}
         * @return this
         */
        public Builder policy(Scheme scheme, PortPolicy value) {
            policies.put(scheme, Objects.requireNonNull(value, "policy"));
            return this;
        }

        /**
         * Sets the account for verifying.
         *
         * @param value default none
         * @return this
         */
        public Builder credentials(Credentials value) {
            credentials = Objects.requireNonNull(value, "credentials");
            return this;
        }

        /**
         * Builds the camera.
         *
         * @return the camera
         * @throws IllegalArgumentException where no service is left to publish
         */
        public Camera build() {
            if (ports.isEmpty()) {
                throw new IllegalArgumentException("camera " + name + ": name at least one service to publish");
            }
            return new Camera(this);
        }

        private String path(Scheme scheme) {
            String set = paths.get(scheme);
            if (set != null) {
                return set;
            }
            boolean stream = scheme == Scheme.RTSP || scheme == Scheme.RTSPS;
            return stream ? brand.mainStreamPath() : "/";
        }
    }
}
