package dev.porthole.bench.verify;

import dev.porthole.testing.FakeCamera;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A process with many simulated cameras on the loopback address. Tells their RTSP ports, one a line, and runs until the end
 * of its input.
 */
public final class CameraPark {
    private CameraPark() {}

    /**
     * Runs.
     *
     * @param args how many cameras
     * @throws IOException where a camera cannot listen
     */
    public static void main(String[] args) throws IOException {
        for (int i = Integer.parseInt(args[0]); i > 0; i--) {
            // A camera whose threads serve it; it lives as long as the process.
            System.out.println(
                    FakeCamera.options().serial(i).start().rtspAddress().getPort());
        }
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }
}
