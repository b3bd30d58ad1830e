package dev.porthole.bench.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A server that does what the first byte of a connection says. */
final class BenchCamera implements AutoCloseable {
    /** Sends back whatever comes. */
    static final int ECHO = 'E';
    /** Sends as many bytes as the following eight tell, as fast as it can. */
    static final int POUR = 'P';
    /** Sends pictures, until the other side goes. */
    static final int STREAM = 'S';

    private static final int PICTURES_A_SECOND = 15;

    /** At 15 pictures a second 2 Mbit/s, which is what a camera's main stream takes. */
    private static final int PICTURE = 16 * 1024;

    private final ServerSocket listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    private final List<Socket> streams = new CopyOnWriteArrayList<>();

    BenchCamera() throws IOException {
        start(this::accept, "camera");
        start(this::stream, "pictures");
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(null, work, name, 128 * 1024);
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                start(() -> serve(socket), "connection");
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket socket) {
        try {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            switch (in.read()) {
                case ECHO -> in.transferTo(socket.getOutputStream());
                case POUR -> pour(in, socket.getOutputStream());
                case STREAM -> {
                    streams.add(socket);
                    return;
                }
                default -> {
                    // Came to look whether somebody listens.
                }
            }
            socket.close();
        } catch (IOException e) {
            // The other side went.
        }
    }

    private static void pour(InputStream in, OutputStream out) throws IOException {
        long left = ByteBuffer.wrap(in.readNBytes(Long.BYTES)).getLong();
        byte[] bytes = new byte[64 * 1024];
        while (left > 0) {
            int count = (int) Math.min(left, bytes.length);
            out.write(bytes, 0, count);
            left -= count;
        }
    }

    private void stream() {
        byte[] picture = new byte[PICTURE];
        while (!listener.isClosed()) {
            long next = System.nanoTime() + 1_000_000_000L / PICTURES_A_SECOND;
            for (Socket socket : streams) {
                try {
                    socket.getOutputStream().write(picture);
                } catch (IOException e) {
                    streams.remove(socket);
                }
            }
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
