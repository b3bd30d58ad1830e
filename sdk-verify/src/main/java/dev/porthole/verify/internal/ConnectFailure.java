package dev.porthole.verify.internal;

import dev.porthole.Deadline;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.reach.Target;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What it means that no connection was made, or that it ended before anything was said. */
public final class ConnectFailure {
    private final LanSide lan;

    /** Takes the LAN's side, where the first cause may be. */
    public ConnectFailure(LanSide lan) {
        this.lan = lan;
    }

    /** The verdict; asks the camera on the LAN first, where that can be done. */
    public Verdict verdict(Attempt attempt, IOException failure, Deadline deadline) throws IOException {
        attempt.saw("failure", words(failure));
        if (attempt.vantage().kind() == Vantage.Kind.LAN) {
            Target target = attempt.target();
            InternalEndpoint camera = new InternalEndpoint(target.address(), target.port());
            return attempt.failed(List.of(cameraDown(
                    camera,
                    "on the LAN, the camera at " + camera + " does not accept connections (" + words(failure) + ")")));
        }
        List<Finding> causes = new ArrayList<>();
        String aside = "";
        Optional<InternalEndpoint> internal = attempt.target().internal();
        Optional<InetSocketAddress> near = internal.flatMap(camera -> lan.near(camera.address(), camera.port()));
        if (near.isPresent() && !deadline.expired()) {
            InternalEndpoint camera = internal.orElseThrow();
            Optional<String> silence = lan.silence(camera, near.get(), deadline);
            attempt.saw("onLan", silence.isPresent() ? "silent" : "answers");
            silence.ifPresent(words -> causes.add(cameraDown(camera, words)));
            if (silence.isEmpty()) {
                aside = " The camera itself answers on the LAN at " + camera + ", so the fault lies in between.";
            }
        }
        causes.add(notReachable(attempt.target(), failure, aside));
        return attempt.failed(causes);
    }

    private static Finding cameraDown(InternalEndpoint camera, String words) {
        return Finding.of(
                FindingCode.CAMERA_DOWN,
                Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".",
                "Check that the camera has power and network, that its address is still "
                        + camera.address().getHostAddress() + " and that its service is switched on at port "
                        + camera.port() + ".");
    }

    private static Finding notReachable(Target target, IOException failure, String aside) {
        String endpoint = target.host() + ":" + target.port();
        if (failure instanceof SocketTimeoutException) {
            return Finding.of(
                    FindingCode.NOT_REACHABLE,
                    "Nothing answers at " + endpoint + ": " + words(failure) + "." + aside,
                    "Check that the router still lists the mapping of external port " + target.port()
                            + ", that no firewall and no provider drops this port ("
                            + (target.port() == 554 ? "554 is often dropped: " : "")
                            + "try another external port), and that the router's external address is really "
                            + target.host() + ".");
        }
        return Finding.of(
                FindingCode.NOT_REACHABLE,
                "No connection to " + endpoint + ": " + words(failure) + "." + aside,
                "Check that the router still lists the mapping of external port " + target.port()
                        + ", that it leads to the camera's present address and port, and that the camera's service is"
                        + " switched on.");
    }

    /** What happened, in a few words that hold nothing of the peer's text. */
    public static String words(IOException failure) {
        if (failure instanceof SocketTimeoutException) {
            return "no answer in time";
        } else if (failure instanceof NoRouteToHostException) {
            return "no route to the host";
        } else if (failure instanceof ConnectException) {
            return "connection refused";
        }
        String message = failure.getMessage();
        return message == null ? "the connection broke" : "the connection broke (" + message + ")";
    }
}
