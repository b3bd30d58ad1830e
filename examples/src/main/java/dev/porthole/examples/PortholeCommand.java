package dev.porthole.examples;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * The command line. {@code examples/porthole} starts it.
 *
 * <p>Standard output carries the answer and nothing else: text for people, or with {@code --json} exactly one document.
 * The exit status says what came of it, see {@link ExitStatus}.
 */
@Command(
        name = "porthole",
        sortOptions = false,
        versionProvider = PortholeCommand.Version.class,
        header = "Makes cameras behind NAT reachable, and proves it.",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "",
            "See it at work without a network:",
            "  porthole demo",
            "Make a camera reachable:",
            "  porthole publish --camera 192.168.69.110 --brand milesight",
            "Find out why it is not:",
            "  porthole doctor --camera 192.168.69.110",
            "Undo that:",
            "  porthole release --camera 192.168.69.110",
            "Do it by hand on the router:",
            "  porthole instructions --camera 192.168.69.110 --router-brand fritzbox",
            ""
        },
        footer = {
            "",
            "Exit status: 0 done, and reachable where that was verified; 2 usage;",
            "3 not published; 4 published but not reachable; 5 inconclusive; 130 interrupted.",
            "'porthole COMMAND --help' shows examples."
        })
public final class PortholeCommand {
    static final String DEBUG = "--debug";

    private static final String JSON = "--json";
    private static final String AGENT = "agent";
    private static final Map<String, Function<Session, Subcommand>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("demo", DemoCommand::new);
        COMMANDS.put("discover", DiscoverCommand::new);
        COMMANDS.put("list", ListCommand::new);
        COMMANDS.put("plan", PlanCommand::new);
        COMMANDS.put("publish", PublishCommand::new);
        COMMANDS.put("verify", VerifyCommand::new);
        COMMANDS.put("doctor", DoctorCommand::new);
        COMMANDS.put("release", ReleaseCommand::new);
        COMMANDS.put("instructions", InstructionsCommand::new);
        COMMANDS.put("profiles", ProfilesCommand::new);
        COMMANDS.put(AGENT, AgentCommand::new);
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    boolean version;

    private PortholeCommand() {}

    /**
     * Runs one command and ends the process with its status.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        Interruption interruption = Interruption.ofThread(Thread.currentThread());
        int status = ExitStatus.NOT_PUBLISHED.number();
        try {
            status = run(Session.ofProcess(), args);
        } finally {
            interruption.finished(status);
        }
        System.exit(status);
    }

    /**
     * Runs one command.
     *
     * @param session the streams
     * @param args the command and its options
     * @return the exit status
     */
    static int run(Session session, String... args) {
        boolean debug = Arrays.asList(args).contains(DEBUG);
        logging(debug);
        if (!debug && args.length > 0 && args[0].equals(AGENT)) {
            // A server says what it does for whom; nobody reads an answer beside it.
            System.setProperty("org.slf4j.simpleLogger.log.dev.porthole.verify.internal.agent", "info");
        }
        CommandLine commandLine = new CommandLine(new PortholeCommand());
        // Each command costs a few milliseconds of reflection: where one is named, the others are left out.
        Function<Session, Subcommand> named = args.length == 0 ? null : COMMANDS.get(args[0]);
        if (named != null) {
            commandLine.addSubcommand(args[0], named.apply(session));
        } else {
            COMMANDS.forEach((name, command) -> commandLine.addSubcommand(name, command.apply(session)));
        }
        return commandLine
                .setOut(new PrintWriter(session.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(session.err(), true, StandardCharsets.UTF_8))
                .setExpandAtFiles(false)
                .setUsageHelpAutoWidth(false)
                .setParameterExceptionHandler((e, line) -> complain(session, e, line))
                .execute(args);
    }

    /** Libraries log through SLF4J; its simple binding reads these once. */
    private static void logging(boolean debug) {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", debug ? "debug" : "error");
        // The HTTP client would log headers, and with them what logs in.
        System.setProperty("org.slf4j.simpleLogger.log.org.apache.hc", "error");
        System.setProperty("org.slf4j.simpleLogger.showThreadName", "false");
        System.setProperty("org.slf4j.simpleLogger.showShortLogName", "true");
    }

    private static int complain(Session session, ParameterException e, String... args) {
        boolean json = Arrays.asList(args).contains(JSON);
        String message = Complaints.about(e, args);
        CommandLine line = e.getCommandLine();
        Map<String, Object> empty =
                line.getCommand() instanceof Subcommand subcommand ? subcommand.nothing() : new LinkedHashMap<>();
        return Answer.invalid(line.getCommandSpec(), empty, message).print(session, json);
    }

    /** The version of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            @Nullable String version = PortholeCommand.class.getPackage().getImplementationVersion();
            return new String[] {"porthole " + (version == null ? "(not packaged)" : version)};
        }
    }
}
