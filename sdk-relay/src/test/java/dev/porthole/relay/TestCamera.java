package dev.porthole.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A camera's port on the loopback interface. Connections are handed to the test, or to a thread each. */
final class TestCamera implements AutoCloseable {
    /** What a camera does with a connection. */
    interface Manner {
        void serve(Socket socket) throws IOException;
    }

    private final ServerSocket listener;
    private final Executor threads;
    private final BlockingQueue<Socket> waiting = new LinkedBlockingQueue<>();
    private final Set<Socket> all = ConcurrentHashMap.newKeySet();

    /** So little that the relay soon has to wait for a reader; connections that are accepted inherit it. */
    static final int SMALL_WINDOW = 16 * 1024;

    private TestCamera(int port, Executor threads) throws IOException {
        this.threads = threads;
        listener = new ServerSocket();
        listener.setReceiveBufferSize(SMALL_WINDOW);
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
    }

    /** A camera whose connections the test takes by {@link #next}. */
    static TestCamera start() throws IOException {
        return at(0, null);
    }

    static TestCamera start(Manner manner) throws IOException {
        return at(0, manner);
    }

    /** A camera that serves one connection after the other. */
    static TestCamera inOneThread(Manner manner) throws IOException {
        TestCamera camera = new TestCamera(0, Runnable::run);
        thread(() -> camera.accept(manner));
        return camera;
    }

    static TestCamera at(int port, Manner manner) throws IOException {
        TestCamera camera = new TestCamera(port, TestCamera::thread);
        thread(() -> camera.accept(manner));
        return camera;
    }

    private void accept(Manner manner) {
        try {
            while (true) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                all.add(socket);
                if (manner == null) {
                    waiting.add(socket);
                } else {
                    threads.execute(() -> serve(manner, socket));
                }
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Manner manner, Socket socket) {
        try (socket) {
            manner.serve(socket);
        } catch (IOException e) {
            // The relay has ended it, which the test sees from the other side.
        } finally {
            all.remove(socket);
        }
    }

    static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "test");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    int port() {
        return listener.getLocalPort();
    }

    Socket next() throws InterruptedException {
        Socket socket = waiting.poll(20, TimeUnit.SECONDS);
        if (socket == null) {
            throw new AssertionError("nobody connected to the camera");
        }
        return socket;
    }

    /** Sends back whatever comes. */
    static void echo(Socket socket) throws IOException {
        socket.getInputStream().transferTo(socket.getOutputStream());
    }

    /** Reads to the end. */
    static byte[] all(Socket socket) {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one byte; -1 at the end, -2 where the connection was reset. */
    static int read(Socket socket) {
        try {
            InputStream in = socket.getInputStream();
            return in.read();
        } catch (IOException e) {
            return -2;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : all) {
            socket.close();
        }
    }
}
