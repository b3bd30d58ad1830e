package dev.porthole.examples;

import dev.porthole.Credentials;
import dev.porthole.Porthole;
import dev.porthole.reach.Target;
import dev.porthole.reach.Target.Scheme;
import dev.porthole.reach.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code porthole verify}. */
@Command(
        name = "verify",
        sortOptions = false,
        abbreviateSynopsis = true,
        header = "Tries whether web pages and streams can be reached, from here or from an agent.",
        description = "%nExit status 0 reachable, 4 not reachable, 5 inconclusive.",
        footer = {
            "",
            "Examples:",
            "  porthole verify --rtsp rtsp://203.0.113.7:8889/main",
            "  porthole verify --http http://203.0.113.7:8888/ \\",
            "      --rtsp rtsp://203.0.113.7:8889/main --user viewer --password-file -",
            "  porthole verify --http https://camera.example.org:8443/ --json",
            "From outside; the agent dials the address of this network and no other:",
            "  porthole verify --rtsp rtsp://203.0.113.7:8889/main \\",
            "      --verify-from https://probe.example.org --agent-token-file site.token"
        })
final class VerifyCommand extends Subcommand {
    @Option(
            names = "--http",
            paramLabel = "URL",
            order = 1,
            description = "A web page, http or https. May be repeated.")
    List<String> http = new ArrayList<>();

    @Option(names = "--rtsp", paramLabel = "URL", order = 2, description = "A stream, rtsp or rtsps. May be repeated.")
    List<String> rtsp = new ArrayList<>();

    @Option(names = "--user", paramLabel = "USER", order = 3, description = "The account. Needs --password-file.")
    @Nullable
    String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            order = 4,
            description = "The file whose first line is the password; - is standard input.")
    @Nullable
    String passwordFile;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            order = 5,
            description = "How long all of it may take; fractions are allowed. Default: 30.")
    @Nullable
    String timeout;

    @Mixin
    VantageOptions vantage = new VantageOptions();

    VerifyCommand(Session session) {
        super(session);
    }

    @Override
    Answer answer() throws InterruptedException {
        if (http.isEmpty() && rtsp.isEmpty()) {
            throw new InvalidInput("verify", "say what: --http URL, --rtsp URL or both");
        }
        Porthole.Builder builder = Porthole.builder().listener(progress);
        if (timeout != null) {
            builder.timeout(Inputs.timeout("--timeout", timeout));
        }
        session.surroundings().accept(builder);
        vantage.configure(session, builder, VantageOptions.CLOSELY);
        Optional<Credentials> account = account();
        List<Target> targets = new ArrayList<>();
        http.forEach(url -> targets.add(TargetUrl.target("--http", url, account, Scheme.HTTP, Scheme.HTTPS)));
        rtsp.forEach(url -> targets.add(TargetUrl.target("--rtsp", url, account, Scheme.RTSP, Scheme.RTSPS)));
        try (Porthole porthole = builder.build()) {
            progress.progress(
                    "trying " + Words.list(targets.stream().map(Target::uri).toList()));
            List<Optional<Verdict>> verdicts = porthole.verify(targets);
            return Answer.of(
                    ExitStatus.of(verdicts),
                    () -> Documents.verification(targets, verdicts),
                    () -> Pages.verification(targets, verdicts));
        }
    }

    private Optional<Credentials> account() {
        if (user == null && passwordFile == null) {
            return Optional.empty();
        }
        if (user == null) {
            throw new InvalidInput("--password-file", "there is a password file without a user; give --user too");
        }
        if (passwordFile == null) {
            throw new InvalidInput("--user", "there is a user without a password; give --password-file too");
        }
        return Optional.of(new Credentials(
                Inputs.user("--user", user), PasswordFile.read(session, "--password-file", passwordFile)));
    }

    @Override
    Map<String, Object> nothing() {
        return Documents.noVerification();
    }

    @Override
    ExitStatus onFailure() {
        return ExitStatus.INCONCLUSIVE;
    }
}
