package dev.porthole.routers.internal.profile;

import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.Capabilities;
import dev.porthole.routers.internal.LoginRefusedException;
import dev.porthole.routers.internal.RouterDriver;
import dev.porthole.routers.internal.RouterReply;
import dev.porthole.routers.internal.RouterRequest;
import dev.porthole.routers.internal.RouterSession;
import dev.porthole.routers.internal.RouterTransport;
import dev.porthole.routers.internal.RouterUrl;
import dev.porthole.routers.internal.identify.Fingerprint;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Speaks to routers as a profile describes. */
public final class ProfileDriver implements RouterDriver {
    private final Profile profile;

    /**
     * A driver.
     *
     * @param profile describes the routers
     */
    public ProfileDriver(Profile profile) {
        this.profile = profile;
    }

    @Override
    public Capabilities capabilities() {
        return profile.capabilities();
    }

    @Override
    public Duration pace() {
        return profile.limits().pace();
    }

    @Override
    public List<Fingerprint> fingerprints() {
        return profile.match();
    }

    @Override
    public String model(RouterTransport transport, Deadline deadline) throws InterruptedException {
        Map<String, RouterReply> asked = new HashMap<>();
        for (Fingerprint fingerprint : profile.match()) {
            RouterRequest request = fingerprint.request();
            String question = request + request.body().map(String::new).orElse("");
            RouterReply reply = asked.get(question);
            if (reply == null) {
                reply = transport.send(request, deadline);
                asked.put(question, reply);
            }
            if (fingerprint.matches(reply)) {
                return profile.name();
            }
        }
        throw new NatTraversalException(
                FindingCode.PAGE_NOT_UNDERSTOOD,
                transport.place().base() + " does not show what a router of the brand " + profile.id()
                        + " shows. No password was sent. Check the address and the brand" + elsewhere(transport) + ".");
    }

    private String elsewhere(RouterTransport transport) {
        RouterUrl place = transport.place();
        Integer port = profile.ports().get(place.tls() ? "https" : "http");
        return port == null || port == place.peer().getPort()
                ? ""
                : "; this brand is spoken to at " + place.at(port).base();
    }

    @Override
    public RouterSession login(RouterTransport transport, Optional<Credentials> credentials, Deadline deadline)
            throws LoginRefusedException, InterruptedException {
        return new ProfileLogin(profile, transport).open(credentials, deadline);
    }
}
