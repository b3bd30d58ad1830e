package dev.porthole.testing;

import java.util.List;

/** The firmware that a {@link SimulatedMilesight} runs; as far as public clients show them. */
public enum MilesightFlavour {
    /** UR32 with firmware 3.0.8: plain http, the session in a Set-Cookie. */
    UR_3_0_8("UR32", "32.3.0.8", false, "1111111111111111", "2222222222222222", "", false, "delete"),
    /** UR35 with firmware 3.0.14: https only, the session in the body, shown as a cookie. */
    UR_3_0_14("UR35", "35.3.0.14", true, "1111111111111111", "2222222222222222", "", false, "delete"),
    /** UG65: a bearer token; a session that is not known is status -2 with -32001 in the result. */
    UG65("UG65", "60.0.0.44", false, "1111111111111111", "2222222222222222", "", true, "delete"),
    /** EG71: a key of its own, a login base, a bearer token, {@code del}; no session is status -32001. */
    EG71("EG71", "71.0.0.3", false, "4829173051647823", "7603912845091736", "web_login", true, "del");

    final String model;
    final String firmware;
    final boolean tls;
    final String key;
    final String iv;
    final String loginBase;
    final boolean bearer;
    final String deleteFunction;

    MilesightFlavour(
            String model,
            String firmware,
            boolean tls,
            String key,
            String iv,
            String loginBase,
            boolean bearer,
            String deleteFunction) {
        this.model = model;
        this.firmware = firmware;
        this.tls = tls;
        this.key = key;
        this.iv = iv;
        this.loginBase = loginBase;
        this.bearer = bearer;
        this.deleteFunction = deleteFunction;
    }

    /** What a call without a known session is answered with. */
    String noSession() {
        return this == EG71
                ? "\"status\":-32001,\"errMsg\":\"Session not found\""
                : "\"status\":-2,\"result\":[-32001,\"Session not found\"]";
    }

    /** The fields that a rule of this simulation has. The real names are not public. */
    static List<String> fields() {
        return List.of("source_ip", "source_port", "dest_ip", "dest_port", "protocol", "description");
    }
}
