package dev.porthole.relay;

import dev.porthole.mapping.InternalEndpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One client, its connection to the camera, and what passes between them. Used by one thread. */
final class Connection {
    private final Loop loop;
    private final Entrance entrance;
    private final Circle.Ends incoming;
    private final InetSocketAddress source;
    private final SocketChannel client;
    private final SocketChannel camera;
    private final Direction up;
    private final Direction down;
    private @Nullable SelectionKey clientKey;
    private @Nullable SelectionKey cameraKey;
    private Circle.@Nullable Ends outgoing;
    private boolean open;
    private boolean over;
    private long lastMoved;

    Connection(
            Loop loop,
            Entrance entrance,
            SocketChannel client,
            SocketChannel camera,
            InetSocketAddress source,
            Circle.Ends incoming) {
        this.loop = loop;
        this.entrance = entrance;
        this.client = client;
        this.camera = camera;
        this.source = source;
        this.incoming = incoming;
        loop.circle().accepted(incoming, this);
        this.up = new Direction(client, camera, loop.shared(), loop.pool());
        this.down = new Direction(camera, client, loop.shared(), loop.pool());
        this.lastMoved = loop.now();
    }

    /** Begins to connect to the camera. Nothing is read from the client until that is done. */
    void begin(InetSocketAddress target) {
        try {
            prepare(client);
            prepare(camera);
            // Where the camera is this host it stands at once, which connecting alone does not tell.
            boolean there = camera.connect(target) || camera.finishConnect();
            cameraKey = loop.register(camera, SelectionKey.OP_CONNECT, new Side(this::cameraReady));
            if (there) {
                connected();
            }
        } catch (IOException e) {
            unreachable(String.valueOf(e.getMessage()));
        }
    }

    /** Live pictures are small packets that must not wait for each other; a peer that is gone is noticed some day. */
    private void prepare(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        if (loop.limits().socketBuffer() > 0) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, loop.limits().socketBuffer());
        }
    }

    private void connected() throws IOException {
        open = true;
        lastMoved = loop.now();
        Circle.Ends made = new Circle.Ends(camera.getLocalAddress(), camera.getRemoteAddress());
        outgoing = made;
        Optional<Connection> back = loop.circle().made(made);
        if (back.isPresent()) {
            loop.refused(RelayRefusal.LOOP, back.get().source());
            back.get().end(RelayEnding.ABORTED);
        }
        clientKey = loop.register(client, SelectionKey.OP_READ, new Side(this::clientReady));
        loop.announcer().opened(target(), source);
        interest();
    }

    private void cameraReady(int operations) throws IOException {
        if (!open) {
            try {
                camera.finishConnect();
            } catch (IOException e) {
                unreachable(String.valueOf(e.getMessage()));
                return;
            }
            connected();
            return;
        }
        move((operations & SelectionKey.OP_WRITE) != 0, (operations & SelectionKey.OP_READ) != 0);
    }

    private void clientReady(int operations) throws IOException {
        move((operations & SelectionKey.OP_READ) != 0, (operations & SelectionKey.OP_WRITE) != 0);
    }

    private void move(boolean upwards, boolean downwards) throws IOException {
        boolean moved = false;
        if (upwards) {
            long before = up.bytes();
            moved = up.move();
            loop.tally().toCamera(up.bytes() - before);
        }
        if (downwards) {
            long before = down.bytes();
            moved |= down.move();
            loop.tally().fromCamera(down.bytes() - before);
        }
        if (moved) {
            lastMoved = loop.now();
        }
        if (up.finished() && down.finished()) {
            end(RelayEnding.FINISHED);
        } else {
            interest();
        }
    }

    private void interest() {
        interest(clientKey, up.wantsToRead(), down.wantsToWrite());
        interest(cameraKey, down.wantsToRead(), up.wantsToWrite());
    }

    private static void interest(@Nullable SelectionKey key, boolean read, boolean write) {
        int operations = (read ? SelectionKey.OP_READ : 0) | (write ? SelectionKey.OP_WRITE : 0);
        if (key != null && key.interestOps() != operations) {
            key.interestOps(operations);
        }
    }

    /** Looks whether its time is over. */
    void check(long now) {
        Limits limits = loop.limits();
        if (open && now - lastMoved > limits.idle().toNanos()) {
            end(RelayEnding.IDLE);
        } else if (!open && now - lastMoved > limits.connect().toNanos()) {
            unreachable("no answer within " + limits.connect().toMillis() + " ms");
        }
    }

    private void unreachable(String why) {
        if (!over) {
            loop.announcer().unreachable(target(), why);
            end(RelayEnding.CAMERA_UNREACHABLE);
        }
    }

    /** Closes both sides: with a reset, unless both had come to their end, so that nobody takes a part for the whole. */
    void end(RelayEnding ending) {
        if (over) {
            return;
        }
        over = true;
        up.drop();
        down.drop();
        boolean reset = ending != RelayEnding.FINISHED;
        Loop.close(client, reset);
        Loop.close(camera, reset);
        loop.circle().ended(incoming, outgoing);
        entrance.ended(this);
        loop.tally().ended(ending);
        loop.announcer().closed(target(), source, ending, up.bytes(), down.bytes());
    }

    InetSocketAddress source() {
        return source;
    }

    private InternalEndpoint target() {
        return entrance.target();
    }

    /** What is done when a socket is ready. */
    private interface Step {
        void take(int operations) throws IOException;
    }

    /** One of the two sockets. */
    private final class Side implements Ready {
        private final Step step;

        Side(Step step) {
            this.step = step;
        }

        @Override
        public void ready(int operations) {
            if (over) {
                return;
            }
            try {
                step.take(operations);
            } catch (IOException e) {
                end(RelayEnding.ABORTED);
            }
        }

        @Override
        public void fail() {
            end(RelayEnding.ABORTED);
        }
    }
}
