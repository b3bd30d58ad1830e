package dev.porthole.upnp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Deadline;
import dev.porthole.mapping.GatewayFinder.Found;
import dev.porthole.mapping.RouterTurns;
import dev.porthole.testing.FakeGateway;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A router that another finder is asking by HTTP is left in peace meanwhile. */
@Timeout(30)
class UpnpTurnsTest {
    @Test
    void while_another_has_the_routers_turn_nothing_is_asked_by_http() throws Exception {
        RouterTurns turns = new RouterTurns();
        try (FakeGateway gateway = FakeGateway.start()) {
            Deadline brief = Deadline.after(Duration.ofMillis(400));
            ReentrantLock taken = turns.take(gateway.httpAddress().getAddress(), brief);
            Found meanwhile = search(gateway, turns, brief);
            assertThat(meanwhile.providers()).isEmpty();
            assertThat(gateway.count(FakeGateway.SEARCH)).isPositive();
            assertThat(gateway.connections()).isZero();
            taken.unlock();
            Found after = search(gateway, turns, Home.soon());
            assertThat(after.providers()).hasSize(1);
            after.providers().get(0).close();
        }
    }

    /** In another thread: who has the turn may ask. */
    private static Found search(FakeGateway gateway, RouterTurns turns, Deadline deadline)
            throws InterruptedException, ExecutionException {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return Home.FINDER.find(
                                Home.scope(gateway.ssdpAddress()).turns(turns).build(), deadline);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .get();
    }
}
