package dev.porthole.routers;

import dev.porthole.routers.fakes.FakeAsuswrt;
import dev.porthole.routers.fakes.FakeLinksys;
import dev.porthole.routers.fakes.FakeTomato;
import dev.porthole.routers.fakes.FakeTplink;
import org.junit.jupiter.api.Nested;

/** The contract, on the brands with forms and scripts. */
class FormRoutersContractTest {
    @Nested
    class Tomato extends RouterContract {
        @Override
        RouterUnderTest start() throws Exception {
            return FakeTomato.home();
        }
    }

    @Nested
    class Linksys extends RouterContract {
        @Override
        RouterUnderTest start() throws Exception {
            return new FakeLinksys(FakeLinksys.Key.NONE);
        }
    }

    @Nested
    class Asuswrt extends RouterContract {
        @Override
        RouterUnderTest start() throws Exception {
            return new FakeAsuswrt(FakeAsuswrt.Login.PLAIN);
        }
    }

    @Nested
    class AsuswrtWithNonce extends RouterContract {
        @Override
        RouterUnderTest start() throws Exception {
            return new FakeAsuswrt(FakeAsuswrt.Login.NONCE);
        }
    }

    @Nested
    class Tplink extends RouterContract {
        @Override
        RouterUnderTest start() throws Exception {
            return new FakeTplink(FakeTplink.Stride.SEVEN);
        }
    }

    @Nested
    class TplinkWithShortRows extends RouterContract {
        @Override
        RouterUnderTest start() throws Exception {
            return new FakeTplink(FakeTplink.Stride.SIX);
        }
    }
}
