package dev.porthole.routers;

import dev.porthole.routers.fakes.FritzBox;
import dev.porthole.routers.fakes.HuaweiHiLink;
import dev.porthole.routers.fakes.LinksysJnap;
import dev.porthole.routers.fakes.MikroTik;
import dev.porthole.routers.fakes.OpnSense;
import dev.porthole.routers.fakes.Teltonika;
import dev.porthole.routers.fakes.UniFi;
import org.junit.jupiter.api.Nested;

/** The contract, on brands with a machine interface. */
class MachineInterfaceContractTest {
    /** As no FRITZ!OS is known to be: mapping for cameras is allowed. */
    @Nested
    class FritzBoxOnDsl extends RouterContract {
        @Override
        RouterUnderTest start() throws Exception {
            return new FritzBox(FritzBox.Line.PPP, FritzBox.Rights.ANYBODY);
        }
    }

    @Nested
    class RouterOs extends RouterContract {
        @Override
        RouterUnderTest start() throws Exception {
            return new MikroTik();
        }
    }

    @Nested
    class OpnSenseFirewall extends RouterContract {
        @Override
        RouterUnderTest start() throws Exception {
            return new OpnSense();
        }
    }

    @Nested
    class UniFiConsole extends RouterContract {
        @Override
        RouterUnderTest start() throws Exception {
            return new UniFi();
        }
    }

    @Nested
    class RutOs extends RouterContract {
        @Override
        RouterUnderTest start() throws Exception {
            return new Teltonika();
        }
    }

    @Nested
    class Jnap extends RouterContract {
        @Override
        RouterUnderTest start() throws Exception {
            return new LinksysJnap();
        }
    }

    @Nested
    class HiLink extends RouterContract {
        @Override
        RouterUnderTest start() throws Exception {
            return new HuaweiHiLink();
        }
    }
}
