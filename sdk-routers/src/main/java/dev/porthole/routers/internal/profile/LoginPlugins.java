package dev.porthole.routers.internal.profile;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The logins that profiles can name. */
final class LoginPlugins {
    private static final Map<String, LoginPlugin> KNOWN =
            Map.of("asuswrt", new AsuswrtLogin(), "hilink", new HiLinkLogin());

    private LoginPlugins() {}

    static Optional<LoginPlugin> named(String name) {
        return Optional.ofNullable(KNOWN.get(name));
    }

    static Set<String> names() {
        return KNOWN.keySet();
    }
}
