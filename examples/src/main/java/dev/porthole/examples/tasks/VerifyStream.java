package dev.porthole.examples.tasks;

import dev.porthole.Porthole;
import dev.porthole.reach.Target;
import dev.porthole.reach.Target.Scheme;
import dev.porthole.reach.Verdict;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Tries a stream that somebody else has made reachable: {@code VerifyStream ADDRESS PORT PATH}. */
public final class VerifyStream {
    private VerifyStream() {}

    /**
     * Runs the example.
     *
     * @param args the external address, the external port, and the path of the stream
     */
    public static void main(String[] args) throws UnknownHostException, InterruptedException {
        Target stream = Target.at(Scheme.RTSP, InetAddress.getByName(args[0]), Integer.parseInt(args[1]))
                .path(args[2])
                .build();
        try (Porthole porthole = Porthole.builder().build()) {
            run(porthole, stream);
        }
    }

    static void run(Porthole porthole, Target stream) throws InterruptedException {
        Verdict verdict = porthole.verify(List.of(stream)).get(0).orElseThrow();
        System.out.println(stream + " " + verdict.status() + ", came to " + verdict.stage());
        verdict.times()
                .forEach((stage, time) -> System.out.println("  " + stage + " after " + time.toMillis() + " ms"));
        verdict.evidence().forEach((name, value) -> System.out.println("  " + name + " " + value));
        verdict.findings().forEach(System.out::println);
    }
}
