package dev.porthole.verify.internal;

import dev.porthole.diagnose.FindingCode;
import dev.porthole.http.internal.auth.Login;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Target;
import dev.porthole.reach.Verdict;

/** What it means that a login was not made, was refused, or could be read on the way. */
public final class LoginVerdicts {
    private LoginVerdicts() {}

    /** The verdict where the login was not made or was refused. */
    public static Verdict stopped(Attempt attempt, Login.Reason reason, boolean passwordExposed) {
        attempt.begin(Stage.AUTH);
        if (reason == Login.Reason.REFUSED) {
            exposure(attempt, passwordExposed);
            return attempt.failed(
                    FindingCode.AUTH_FAILED,
                    "The camera at " + attempt.target().uri() + " refuses the account. It was tried once only, because"
                            + " cameras lock accounts after a few refusals.",
                    "Check the user name and the password on the camera's own page, and that the account may view"
                            + " live video.");
        }
        attempt.remark(FindingCode.AUTH_REQUIRED, required(attempt.target(), reason), remedy(reason));
        exposure(attempt, passwordExposed);
        return attempt.reached(Stage.AUTH);
    }

    /** The verdict on a 403: the device knows us well enough to say no. */
    public static Verdict forbidden(Attempt attempt, boolean passwordExposed) {
        attempt.begin(Stage.AUTH);
        if (attempt.target().credentials().isEmpty()) {
            return stopped(attempt, Login.Reason.NO_CREDENTIALS, passwordExposed);
        }
        exposure(attempt, passwordExposed);
        return attempt.failed(
                FindingCode.AUTH_FAILED,
                "The camera at " + attempt.target().uri() + " forbids access to this account or this address (403).",
                "Give the account the right to view, and check the camera's list of allowed addresses.");
    }

    /** Remarks that the password went out in a form that can be read; what else is not encrypted is the publisher's to say. */
    public static void exposure(Attempt attempt, boolean passwordExposed) {
        if (passwordExposed) {
            attempt.remark(
                    FindingCode.CLEAR_TEXT,
                    "The camera at " + attempt.target().uri() + " accepts only Basic login without encryption: whoever"
                            + " listens on the way can read the password.",
                    "Switch the camera to digest authentication, or use its encrypted port; then change the password.");
        }
    }

    /** Whether a target's connection is encrypted. */
    public static boolean encrypted(Target target) {
        return target.scheme() == Target.Scheme.HTTPS || target.scheme() == Target.Scheme.RTSPS;
    }

    private static String required(Target target, Login.Reason reason) {
        String asks = "Reached; the device at " + target.uri() + " asks for a login";
        return switch (reason) {
            case NO_CREDENTIALS -> asks + " and no account was given.";
            case BASIC_FORBIDDEN -> asks + " by Basic only, which is switched off here, so the account was not sent.";
            case DOWNGRADE -> asks + " by Basic only, though it offered Digest before, so the account was not sent.";
            case UNSUPPORTED, REFUSED -> asks + " by a method that is not known here, so the account was not sent.";
        };
    }

    private static String remedy(Login.Reason reason) {
        return switch (reason) {
            case NO_CREDENTIALS -> "Give an account that may view, to check the login and the stream too.";
            case DOWNGRADE ->
                "Check whether the camera's authentication setting was changed; if not, somebody may stand"
                        + " between.";
            default -> "Switch the camera to digest authentication.";
        };
    }
}
