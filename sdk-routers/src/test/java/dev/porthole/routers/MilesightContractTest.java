package dev.porthole.routers;

import dev.porthole.testing.MilesightFlavour;
import dev.porthole.testing.SimulatedMilesight;
import org.junit.jupiter.api.Nested;

/** The contract, on every firmware that is simulated. */
class MilesightContractTest {
    @Nested
    class PlainHttp extends RouterContract {
        @Override
        RouterUnderTest start() throws Exception {
            return MilesightUnderTest.of(MilesightFlavour.UR_3_0_8);
        }
    }

    @Nested
    class Https extends RouterContract {
        @Override
        RouterUnderTest start() throws Exception {
            return MilesightUnderTest.of(MilesightFlavour.UR_3_0_14);
        }
    }

    @Nested
    class Bearer extends RouterContract {
        @Override
        RouterUnderTest start() throws Exception {
            return MilesightUnderTest.of(MilesightFlavour.UG65);
        }
    }

    @Nested
    class OtherKeyAndDelete extends RouterContract {
        @Override
        RouterUnderTest start() throws Exception {
            return MilesightUnderTest.of(MilesightFlavour.EG71);
        }
    }

    @Nested
    class RulesWithoutNamesInParts extends RouterContract {
        @Override
        RouterUnderTest start() throws Exception {
            return new MilesightUnderTest(
                    SimulatedMilesight.options(MilesightFlavour.UG65)
                            .descriptions(false)
                            .pageSize(2),
                    Milesight.router());
        }
    }
}
