package dev.porthole.routers;

import dev.porthole.Credentials;
import dev.porthole.mapping.MappingTag;
import dev.porthole.routers.profiles.FakeRouter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** A simulated router that a profile speaks to. */
final class ProfileUnderTest implements RouterUnderTest {
    private final FakeRouter router;
    private final RouterBrand brand;
    private final Credentials account;
    private final Supplier<? extends List<? extends Map<String, ?>>> rules;
    private final IntSupplier sessions;
    private final boolean keepsSessions;

    ProfileUnderTest(
            FakeRouter router,
            RouterBrand brand,
            Credentials account,
            Supplier<? extends List<? extends Map<String, ?>>> rules,
            IntSupplier sessions,
            boolean keepsSessions) {
        this.router = router;
        this.brand = brand;
        this.account = account;
        this.rules = rules;
        this.sessions = sessions;
        this.keepsSessions = keepsSessions;
    }

    @Override
    public WebRouter.Builder connect(Credentials credentials) {
        return WebRouter.builder(router.uri(), brand).credentials(credentials).pace(Duration.ZERO);
    }

    @Override
    public Credentials account() {
        return account;
    }

    private List<String> rules(boolean ours) {
        return rules.get().stream()
                .filter(rule -> MappingTag.isOurs(String.valueOf(rule.get("name"))) == ours)
                .map(Object::toString)
                .toList();
    }

    @Override
    public List<String> foreign() {
        return rules(false);
    }

    /** One rule of others is for both transports. */
    @Override
    public List<String> ours() {
        return rules(true);
    }

    @Override
    public int foreignPort() {
        return 9000;
    }

    @Override
    public int logins() {
        return router.logins();
    }

    @Override
    public int sessions() {
        return sessions.getAsInt();
    }

    @Override
    public void trouble(int request, Trouble trouble) {
        router.trouble(request, trouble);
    }

    @Override
    public int requests() {
        return router.requests();
    }

    @Override
    public boolean keepsSessions() {
        return keepsSessions;
    }

    @Override
    public Optional<String> lockedFor() {
        return Optional.empty();
    }

    @Override
    public void lock(Duration time) {
        throw new UnsupportedOperationException("this brand locks nobody out");
    }

    @Override
    public void puzzle(int status) {
        router.puzzle(FakeRouter.Answer.of(status, "text/html", PUZZLE));
    }

    @Override
    public void close() {
        router.close();
    }
}
