package dev.porthole.verify.internal.web;

import dev.porthole.Deadline;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.http.internal.DeviceHttp;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Verdict;
import dev.porthole.verify.internal.Attempt;
import dev.porthole.verify.internal.LanSide;
import dev.porthole.verify.internal.Settings;
import dev.porthole.verify.internal.web.Identity.Owner;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges a page that an agent saw outside: whose it is can be told only here, where the camera and the router can be looked
 * at on the LAN. Thread-safe.
 */
public final class PageElsewhere {
    private final Identity identity;

    /** Takes how pages are got on the LAN; so much of them is read as the agent reads. */
    public PageElsewhere(DeviceHttp http, Settings settings, int pageBytes, LanSide lan) {
        identity = new Identity(new Browser(http, settings, pageBytes), lan, Fingerprint::told);
    }

    /**
     * Judges.
     *
     * @param attempt holds what the agent saw
     * @param told the agent's evidence
     * @param theirs what the agent concluded from it alone
     * @param deadline when the verdict must be there
     * @return the verdict
     * @throws InterruptedException where the thread was interrupted
     */
    public Verdict verdict(Attempt attempt, Map<String, String> told, Verdict theirs, Deadline deadline)
            throws InterruptedException {
        Identity.Finding whose = identity.of(seen(told), attempt.target(), deadline);
        attempt.saw("identity", whose.owner().name());
        attempt.saw("identifiedBy", whose.grounds());
        Optional<Verdict> wrong = WrongDevice.verdict(attempt, whose);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        boolean known = whose.owner() == Owner.THIS_CAMERA || whose.owner() == Owner.A_CAMERA;
        boolean doubted = theirs.findings().stream()
                .anyMatch(f -> f.code() == FindingCode.WRONG_DEVICE || f.code() == FindingCode.DEVICE_NOT_RECOGNISED);
        return known && doubted
                ? attempt.reached(Stage.PAGE)
                : attempt.concluded(theirs.status(), theirs.stage(), theirs.findings());
    }

    private static Identity.Seen seen(Map<String, String> told) {
        String owner = told.getOrDefault("identity", "");
        List<String> grounds = List.of(told.getOrDefault("identifiedBy", ""));
        Fingerprint print = new Fingerprint(
                status(told.getOrDefault("status", "")),
                told.getOrDefault("server", ""),
                told.getOrDefault("realm", ""),
                told.getOrDefault("titleHash", ""),
                told.getOrDefault("pageHash", ""),
                Optional.ofNullable(told.get("tlsKey")));
        return new Identity.Seen(
                print,
                owner.equals(Owner.ROUTER.name()) ? grounds : List.of(),
                owner.equals(Owner.A_CAMERA.name()) ? grounds : List.of());
    }

    private static int status(String text) {
        return text.matches("[1-9][0-9]{2}") ? Integer.parseInt(text) : 0;
    }
}
