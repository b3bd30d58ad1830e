package dev.porthole.examples;

import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.routers.InvalidProfileException;
import dev.porthole.routers.RouterProfile;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code porthole profiles}. */
@Command(
        name = "profiles",
        sortOptions = false,
        header = "Lists the router profiles that are shipped, shows one, or checks one of your own.",
        description =
                "%nA profile is a file of YAML that says how a brand of routers is spoken to; docs/ROUTERS.md tells how to"
                        + " write one. Exit status 0, or 2 where a profile cannot be used.",
        footer = {
            "",
            "Examples:",
            "  porthole profiles",
            "  porthole profiles show ddwrt > my.yaml",
            "  porthole profiles check my.yaml",
            "  porthole list --router http://192.168.1.1 --router-brand ./my.yaml"
        })
final class ProfilesCommand extends Subcommand {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "check|show",
            description = "What to do with a profile. Default: list those that are shipped.")
    @Nullable
    String action;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE|ID",
            description = "The file to check, or the name of the profile to show.")
    @Nullable
    String subject;

    ProfilesCommand(Session session) {
        super(session);
    }

    @Override
    Answer answer() {
        if (action == null) {
            List<RouterProfile> shipped = RouterProfile.shipped();
            return Answer.of(ExitStatus.DONE, () -> Documents.profiles(shipped), () -> Pages.profiles(shipped));
        }
        if (!action.equals("check") && !action.equals("show")) {
            throw new InvalidInput("profiles", Words.quoted(action) + " is neither check nor show");
        }
        if (subject == null) {
            throw new InvalidInput(
                    "profiles " + action, action.equals("check") ? "name the file to check" : "name one of " + ids());
        }
        return action.equals("check") ? checked(subject) : shown(subject);
    }

    private static String ids() {
        return RouterProfile.shipped().stream().map(RouterProfile::id).collect(Collectors.joining(", "));
    }

    private Answer checked(String file) {
        try {
            RouterProfile profile = RouterOptions.profile("profiles check", file);
            return Answer.of(ExitStatus.DONE, () -> Documents.profile(profile), () -> Pages.profile(profile));
        } catch (InvalidProfileException e) {
            List<Finding> findings = e.problems().stream()
                    .map(problem -> Finding.of(FindingCode.INVALID_INPUT, problem, ""))
                    .toList();
            Map<String, Object> document = nothing();
            document.put("findings", Documents.findings(findings));
            String text = e.problems().stream()
                    .map(problem -> Words.plain(problem) + "\n")
                    .collect(Collectors.joining());
            return new Answer(ExitStatus.USAGE, () -> document, () -> text, Answer.Place.ERR);
        }
    }

    private static Answer shown(String id) {
        RouterProfile profile = RouterProfile.shipped().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        "profiles show", Words.quoted(id) + " is not shipped; choose one of " + ids()));
        return Answer.of(ExitStatus.DONE, () -> Documents.profile(profile), profile::yaml);
    }

    @Override
    Map<String, Object> nothing() {
        return Documents.profiles(List.of());
    }
}
