/**
 * A simulated home for tests of hosts that embed Porthole: a gateway, cameras, and a network between them, all in this
 * process. Entry type: {@link dev.porthole.testing.SimulatedHome}.
 *
 * <pre>{@code
 * try (SimulatedHome home = SimulatedHome.start();
 *         Porthole porthole = Porthole.builder()
 *                 .finder(UpnpGatewayFinder.builder().build())
 *                 .scope(home.searchScope())
 *                 .verifier(CameraVerifier.builder().route(home.route()).build())
 *                 .build()) {
 *     home.gateway().faults().next("AddPortMapping", Fault.lostReply());
 *     Publication publication = porthole.publish(home.camera("front-door").described().build());
 *
 *     assertThat(home.gateway().mappings()).hasSize(2);
 * }
 * }</pre>
 *
 * <p>{@link dev.porthole.testing.FakeGateway} and {@link dev.porthole.testing.FakeCamera} also stand alone.
 */
@NullMarked
package dev.porthole.testing;

import org.jspecify.annotations.NullMarked;
