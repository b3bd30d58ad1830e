package dev.porthole.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Options of a {@link SimulatedMilesight}. Not thread-safe. */
public final class MilesightOptions {
    final MilesightFlavour flavour;
    String user = "admin";
    String password = "password";
    Duration pace = Duration.ofMillis(500);
    int pageSize;
    int port;
    boolean descriptions = true;
    String externalAddress = "203.0.113.7";
    final Map<String, Object> security = new LinkedHashMap<>();

    MilesightOptions(MilesightFlavour flavour) {
        this.flavour = flavour;
        security.put("http_port", 80);
        security.put("https_port", 443);
        security.put("ssh_port", 22);
        security.put("telnet_port", 23);
    }

    /**
     * Sets the account.
     *
     * @param name default {@code admin}
     * @param secret default {@code password}
     * @return this
     */
    public MilesightOptions account(String name, String secret) {
        user = name;
        password = secret;
        return this;
    }

    /**
     * Sets how fast calls may follow each other; faster ones are answered 503 and not done.
     *
     * @param value default 500 ms, as on UG and EG
     * @return this
     */
    public MilesightOptions pace(Duration value) {
        pace = value;
        return this;
    }

    /**
     * Lists rules in parts, with their {@code count}; {@code limit} and {@code start} ask for more.
     *
     * @param value default 0: all at once
     * @return this
     */
    public MilesightOptions pageSize(int value) {
        pageSize = value;
        return this;
    }

    /**
     * Sets the TCP port.
     *
     * @param value default 0: any
     * @return this
     */
    public MilesightOptions port(int value) {
        port = value;
        return this;
    }

    /**
     * Sets whether rules have a description.
     *
     * @param value default true
     * @return this
     */
    public MilesightOptions descriptions(boolean value) {
        descriptions = value;
        return this;
    }

    /**
     * Sets the address that the status page shows.
     *
     * @param value default 203.0.113.7; empty for a status page without one
     * @return this
     */
    public MilesightOptions externalAddress(String value) {
        externalAddress = value;
        return this;
    }

    /**
     * Sets a field of the Security page.
     *
     * @param name for example {@code https_port}
     * @param value its value
     * @return this
     */
    public MilesightOptions security(String name, Object value) {
        security.put(name, value);
        return this;
    }

    /**
     * Removes every field of the Security page.
     *
     * @return this
     */
    public MilesightOptions withoutSecurity() {
        security.clear();
        return this;
    }

    List<String> fields() {
        List<String> fields = MilesightFlavour.fields();
        return descriptions ? fields : fields.subList(0, fields.size() - 1);
    }

    /**
     * Starts the router on 127.0.0.1.
     *
     * @return the router, listening
     * @throws IOException where it cannot listen
     */
    public SimulatedMilesight start() throws IOException {
        return new SimulatedMilesight(this);
    }
}
