package dev.porthole.verify.internal.web;

import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import dev.porthole.verify.internal.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What it means that another device than the camera answered. */
final class WrongDevice {
    private static final String MAPPING =
            "Check that the mapping's internal address and port are the camera's, and that"
                    + " no other rule or service of the router takes the external port; then map it again or choose another"
                    + " external port.";

    private WrongDevice() {}

    /** The verdict, or empty where the page may be the camera's. */
    static Optional<Verdict> verdict(Attempt attempt, Identity.Finding whose) {
        attempt.begin(Stage.PAGE);
        String uri = attempt.target().uri();
        List<Finding> causes = new ArrayList<>();
        switch (whose.owner()) {
            case ROUTER ->
                causes.add(Finding.of(
                        FindingCode.WRONG_DEVICE,
                        "At " + uri + " the router answers with its own page, not the camera ("
                                + grounds(attempt, whose) + ").",
                        routerRemedy(attempt)));
            case ANOTHER_DEVICE ->
                causes.add(Finding.of(
                        FindingCode.WRONG_DEVICE,
                        "At " + uri + " another device than the camera answers (" + grounds(attempt, whose) + ").",
                        MAPPING));
            case NOT_THE_SILENT_CAMERA -> {
                causes.add(Finding.of(
                        FindingCode.CAMERA_DOWN,
                        "The camera does not answer on the LAN: " + grounds(attempt, whose) + ".",
                        "Check that the camera has power and network, that its address is still the same and that its"
                                + " web service is switched on."));
                causes.add(Finding.of(
                        FindingCode.WRONG_DEVICE, "At " + uri + " something else answers in its place.", MAPPING));
            }
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(attempt.failed(causes));
    }

    private static String routerRemedy(Attempt attempt) {
        return attempt.vantage().kind() == Vantage.Kind.HAIRPIN
                ? "From inside the LAN the router answers in the camera's place; check from outside. If it is so there"
                        + " too: " + MAPPING
                : "Switch off the router's web administration on the outside, or move it to another port. " + MAPPING;
    }

    private static String grounds(Attempt attempt, Identity.Finding whose) {
        return attempt.clean(whose.grounds());
    }
}
