package dev.porthole.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Builds a {@link FakeGateway}. The defaults are those of miniupnpd 2.3.1 on 127.0.0.1 with ports that the system
 * chooses. Not thread-safe.
 */
public final class GatewayOptions {
    InetAddress address = InetAddress.getLoopbackAddress();
    int ssdpPort;
    int httpPort;
    Optional<NetworkInterface> multicast = Optional.empty();
    Duration searchDelay = Duration.ZERO;
    int igdVersion = 2;
    List<WanSpec> wans = List.of();
    String friendlyName = "Simulated gateway";
    String model = "Simulated";
    Optional<String> urlBase = Optional.empty();
    String descriptionPath = "/rootDesc.xml";
    Optional<String> description = Optional.empty();
    boolean keepAlive;
    Optional<RouterPage> page = Optional.empty();
    final Map<String, HttpReply> pages = new LinkedHashMap<>();
    final Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
    final List<Consumer<GatewayBehaviour>> rules = new ArrayList<>();

    GatewayOptions() {}

    /**
     * Sets the address on which the gateway answers.
     *
     * @param value default 127.0.0.1
     * @return this
     */
    public GatewayOptions address(InetAddress value) {
        address = Objects.requireNonNull(value, "address");
        return this;
    }

    /**
     * Sets the UDP port for searches.
     *
     * @param value default 0, one that the system chooses; SSDP's own is 1900
     * @return this
     */
    public GatewayOptions ssdpPort(int value) {
        ssdpPort = value;
        return this;
    }

    /**
     * Sets the TCP port for descriptions and actions.
     *
     * @param value default 0, one that the system chooses
     * @return this
     */
    public GatewayOptions httpPort(int value) {
        httpPort = value;
        return this;
    }

    /**
     * Answers searches that are sent to SSDP's multicast group, too.
     *
     * @param on the network interface; default none
     * @return this
     */
    public GatewayOptions multicast(NetworkInterface on) {
        multicast = Optional.of(on);
        return this;
    }

    /**
     * Answers searches late. miniupnpd waits 50 ms.
     *
     * @param value default zero
     * @return this
     */
    public GatewayOptions searchDelay(Duration value) {
        searchDelay = Objects.requireNonNull(value, "searchDelay");
        return this;
    }

    /**
     * Sets the version of InternetGatewayDevice.
     *
     * @param version 1 or 2; default 2
     * @return this
     * @throws IllegalArgumentException where it is neither
     */
    public GatewayOptions igd(int version) {
        if (version != 1 && version != 2) {
            throw new IllegalArgumentException("there is no InternetGatewayDevice:" + version);
        }
        igdVersion = version;
        return this;
    }

    /**
     * Sets the WAN connections.
     *
     * @param specs in the description's order; default one WANIPConnection of the device's version
     * @return this
     */
    public GatewayOptions wan(WanSpec... specs) {
        wans = List.of(specs);
        return this;
    }

    /**
     * Sets the name that people see.
     *
     * @param value default "Simulated gateway"
     * @return this
     */
    public GatewayOptions friendlyName(String value) {
        friendlyName = Objects.requireNonNull(value, "friendlyName");
        return this;
    }

    /**
     * Sets the model's name.
     *
     * @param value default "Simulated"
     * @return this
     */
    public GatewayOptions model(String value) {
        model = Objects.requireNonNull(value, "model");
        return this;
    }

    /**
     * Puts a URLBase into the description.
     *
     * @param value default none; <code>{base}</code> stands for the gateway's own scheme, host and port
     * @return this
     */
    public GatewayOptions urlBase(String value) {
        urlBase = Optional.of(value);
        return this;
    }

    /**
     * Sets where the description is.
     *
     * @param value default {@code /rootDesc.xml}
     * @return this
     */
    public GatewayOptions descriptionPath(String value) {
        descriptionPath = Objects.requireNonNull(value, "descriptionPath");
        return this;
    }

    /**
     * Shows this description instead of the gateway's own, for example one that was captured on a real router. Whatever
     * control URL it names is answered.
     *
     * @param xml the description; <code>{base}</code> stands for the gateway's own scheme, host and port
     * @return this
     */
    public GatewayOptions description(String xml) {
        description = Optional.of(xml);
        return this;
    }

    /**
     * Keeps HTTP connections open between requests; miniupnpd never does.
     *
     * @return this
     */
    public GatewayOptions keepAlive() {
        keepAlive = true;
        return this;
    }

    /**
     * Shows a web page of the gateway's own at {@code /}.
     *
     * @param value default none: 404
     * @return this
     */
    public GatewayOptions page(RouterPage value) {
        page = Optional.of(value);
        return this;
    }

    /**
     * Serves something else at a path.
     *
     * @param path the path with its query
     * @param reply what is answered to GET
     * @return this
     */
    public GatewayOptions serve(String path, HttpReply reply) {
        pages.put(path, reply);
        return this;
    }

    /**
     * Adds quirks. They can be added and removed later, too.
     *
     * @param values which; default none
     * @return this
     */
    public GatewayOptions quirks(Quirk... values) {
        quirks.addAll(List.of(values));
        return this;
    }

    /**
     * Adds rules that have no name as a {@link Quirk}.
     *
     * @param value fills the behaviour; called again whenever the quirks change
     * @return this
     */
    public GatewayOptions behaviour(Consumer<GatewayBehaviour> value) {
        rules.add(value);
        return this;
    }

    /**
     * Refuses external ports that the router itself listens on, with 729.
     *
     * @param ports the ports
     * @return this
     */
    public GatewayOptions routerPorts(Integer... ports) {
        Set<Integer> taken = Set.of(ports);
        return behaviour(
                b -> b.refusePort(729, call -> taken.contains(call.wanted().externalPort())));
    }

    /**
     * Starts the gateway.
     *
     * @return the gateway, listening
     * @throws IOException where it cannot listen on its address and ports
     */
    public FakeGateway start() throws IOException {
        return new FakeGateway(this);
    }
}
