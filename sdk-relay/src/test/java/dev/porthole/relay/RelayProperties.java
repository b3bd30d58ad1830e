package dev.porthole.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.mapping.Forwarder.Forwarding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** Whatever bytes in whatever pieces, and whoever ends first: all of it arrives unchanged and in order. */
class RelayProperties {
    /**
     * What one side does.
     *
     * @param pieces the sizes of its writes
     * @param bite how many bytes it reads at a time
     * @param endsAfterOther whether it ends its direction only once the other's end has come
     * @param seed its bytes
     */
    record Talk(List<Integer> pieces, int bite, boolean endsAfterOther, int seed) {
        byte[] bytes() {
            byte[] bytes = new byte[pieces.stream().mapToInt(Integer::intValue).sum()];
            new java.util.Random(seed).nextBytes(bytes);
            return bytes;
        }
    }

    @Provide
    Arbitrary<Talk> talks() {
        Arbitrary<Integer> piece = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(8, Arbitraries.integers().between(1, 2_000)),
                net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(10_000, 400_000)));
        return Combinators.combine(
                        piece.list().ofMaxSize(20),
                        Arbitraries.integers().between(1, 70_000),
                        Arbitraries.of(true, false),
                        Arbitraries.integers())
                .as(Talk::new);
    }

    @Property(tries = 60)
    void every_byte_arrives_once_and_in_order_in_both_directions(
            @ForAll("talks") Talk client, @ForAll("talks") Talk camera, @ForAll("buffers") int buffer)
            throws Exception {
        Witness witness = new Witness();
        try (Relay relay = Relay.builder()
                        .buffer(buffer)
                        .socketBuffer(TestCamera.SMALL_WINDOW)
                        .listener(witness)
                        .build();
                TestCamera device = TestCamera.start();
                Forwarding port = relay.forward(TestRelay.to(device.port()));
                Socket near = TestRelay.connect(port);
                Socket far = device.next()) {
            // One of them has to begin.
            boolean both = client.endsAfterOther() && camera.endsAfterOther();
            CompletableFuture<byte[]> heardByCamera = talk(far, camera, camera.endsAfterOther());
            CompletableFuture<byte[]> heardByClient = talk(near, client, client.endsAfterOther() && !both);
            assertThat(heardByCamera.get(30, TimeUnit.SECONDS)).isEqualTo(client.bytes());
            assertThat(heardByClient.get(30, TimeUnit.SECONDS)).isEqualTo(camera.bytes());
            assertThat(witness.ending()).isEqualTo(RelayEnding.FINISHED);
            assertThat(relay.counters().bytesToCamera()).isEqualTo(client.bytes().length);
            assertThat(relay.counters().bytesFromCamera()).isEqualTo(camera.bytes().length);
            assertThat(relay.loop().pool().held()).isZero();
            assertThat(relay.loop().pool().made()).isLessThanOrEqualTo(2);
            Statistics.label("had to wait for a reader")
                    .collect(relay.loop().pool().made() > 0)
                    .coverage(coverage -> coverage.check(true).count(count -> count > 0));
        }
    }

    @Provide
    Arbitrary<Integer> buffers() {
        return Arbitraries.of(1024, 4096, 32 * 1024, 1024 * 1024);
    }

    /** Writes on one thread and reads on another; returns what was heard. */
    private static CompletableFuture<byte[]> talk(Socket socket, Talk talk, boolean endAfterOther) {
        CompletableFuture<byte[]> heard =
                CompletableFuture.supplyAsync(() -> hear(socket, talk.bite()), TestCamera::thread);
        TestCamera.thread(() -> {
            try {
                byte[] bytes = talk.bytes();
                int at = 0;
                for (int piece : talk.pieces()) {
                    socket.getOutputStream().write(bytes, at, piece);
                    at += piece;
                }
                if (endAfterOther) {
                    heard.join();
                }
                socket.shutdownOutput();
            } catch (IOException e) {
                heard.completeExceptionally(e);
            }
        });
        return heard;
    }

    private static byte[] hear(Socket socket, int bite) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[bite];
        try {
            InputStream in = socket.getInputStream();
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                all.write(piece, 0, count);
            }
            return all.toByteArray();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
