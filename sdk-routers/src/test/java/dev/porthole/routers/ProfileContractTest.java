package dev.porthole.routers;

import dev.porthole.Credentials;
import dev.porthole.Secret;
import dev.porthole.routers.profiles.FakeDdWrt;
import dev.porthole.routers.profiles.FakeOpenWrt;
import org.junit.jupiter.api.Nested;

/** The contract, on shipped profiles. */
class ProfileContractTest {
    private static final String PASSWORD = "s3cret&/+ %\"x";

    @Nested
    class OpenWrt extends RouterContract {
        @Override
        RouterUnderTest start() throws Exception {
            FakeOpenWrt router = new FakeOpenWrt(PASSWORD);
            return new ProfileUnderTest(
                    router,
                    RouterBrand.byId("openwrt").orElseThrow(),
                    new Credentials("root", Secret.of(PASSWORD)),
                    router::rules,
                    router::sessions,
                    true);
        }
    }

    @Nested
    class DdWrt extends RouterContract {
        @Override
        RouterUnderTest start() throws Exception {
            FakeDdWrt router = new FakeDdWrt("root", PASSWORD);
            return new ProfileUnderTest(
                    router,
                    RouterBrand.byId("ddwrt").orElseThrow(),
                    new Credentials("root", Secret.of(PASSWORD)),
                    router::rules,
                    () -> 0,
                    false);
        }
    }
}
