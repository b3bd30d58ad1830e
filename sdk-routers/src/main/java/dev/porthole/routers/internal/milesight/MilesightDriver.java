package dev.porthole.routers.internal.milesight;

import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.Capabilities;
import dev.porthole.mapping.Capabilities.SourceRestriction;
import dev.porthole.routers.internal.LoginRefusedException;
import dev.porthole.routers.internal.RouterDriver;
import dev.porthole.routers.internal.RouterReply;
import dev.porthole.routers.internal.RouterRequest;
import dev.porthole.routers.internal.RouterSession;
import dev.porthole.routers.internal.RouterTransport;
import dev.porthole.routers.internal.identify.Fingerprint;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Milesight UR routers, and the UG and EG gateways that share their protocol. */
public final class MilesightDriver implements RouterDriver {
    /** UG and EG answer 503 to calls that follow each other faster. */
    private static final Duration PACE = Duration.ofMillis(500);
    /** After five wrong passwords nobody is let in for so long. */
    private static final Duration LOCK = Duration.ofMinutes(10);
    /** No router locks for longer; a larger number is something else. */
    private static final long MOST_LOCK_SECONDS = 24 * 3600;

    private final MilesightDialect dialect;
    private volatile Optional<String> deletesBy = Optional.empty();

    /**
     * A driver.
     *
     * @param dialect what differs between the families
     */
    public MilesightDriver(MilesightDialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.builder()
                .leases(false)
                .sourceRestriction(SourceRestriction.CIDR)
                .build();
    }

    @Override
    public Duration pace() {
        return PACE;
    }

    /** The letters by which models of a login begin; JSON is written with and without a space. */
    @Override
    public List<Fingerprint> fingerprints() {
        List<String> families = dialect.loginBase().isEmpty() ? List.of("UR", "UG") : List.of("EG");
        RouterRequest identity = RouterRequest.post("/islogin", Cgi.JSON_TYPE, new byte[0]);
        return families.stream()
                .flatMap(family -> Stream.of("\"model\":\"" + family, "\"model\": \"" + family))
                .map(word -> new Fingerprint(identity, Set.of(), List.of(), List.of(word, "\"rtver\"")))
                .toList();
    }

    @Override
    public String model(RouterTransport transport, Deadline deadline) throws InterruptedException {
        RouterReply reply = new Cgi(transport).post("/islogin", new byte[0], deadline);
        CgiReply answer = CgiReply.parse(reply)
                .filter(a -> reply.success() && !a.text("model").isEmpty())
                .orElseThrow(() -> new NatTraversalException(
                        FindingCode.PAGE_NOT_UNDERSTOOD,
                        transport.place().base()
                                + " does not answer as a Milesight router does (POST /islogin brought HTTP "
                                + reply.status() + " and no model). Check the address and the brand."));
        String model = printable(answer.text("model"));
        if (model.startsWith("EG") != !dialect.loginBase().isEmpty()) {
            throw new NatTraversalException(
                    FindingCode.PAGE_NOT_UNDERSTOOD,
                    transport.place().base() + " is a Milesight " + model
                            + ", whose login is another than that of the brand chosen; a wrong one would count as a wrong"
                            + " password. Use brand " + (model.startsWith("EG") ? "milesight-eg71" : "milesight")
                            + ", or set key, IV and login base.");
        }
        String firmware = printable(answer.text("rtver"));
        return "Milesight " + model + (firmware.isEmpty() ? "" : " " + firmware);
    }

    private static String printable(String text) {
        String plain = text.replaceAll("[^\\x20-\\x7E]", "");
        return plain.length() <= 40 ? plain : plain.substring(0, 40);
    }

    @Override
    public RouterSession login(RouterTransport transport, Optional<Credentials> credentials, Deadline deadline)
            throws LoginRefusedException, InterruptedException {
        Credentials account = credentials.orElseThrow(() -> LoginRefusedException.refused(OptionalInt.empty()));
        Cgi cgi = new Cgi(transport);
        Map<String, Object> values = new LinkedHashMap<>();
        if (!dialect.loginBase().isEmpty()) {
            values.put("base", dialect.loginBase());
        }
        values.put("username", account.user());
        values.put("password", PasswordCipher.encrypted(account.password(), dialect.key(), dialect.iv()));
        CgiReply reply = cgi.login(List.of(values), deadline);
        if (!reply.ok()) {
            throw refusal(reply);
        }
        String td = reply.result().get("td") instanceof String text && !text.isBlank()
                ? text.strip()
                : transport.cookie("td").orElse("");
        if (!td.matches("[\\x21-\\x7E&&[^;,\"]]{1,512}")) {
            throw new NatTraversalException(
                    FindingCode.PAGE_NOT_UNDERSTOOD,
                    transport.place().base()
                            + " accepted the login and gave no session that can be used. Its firmware is not"
                            + " one that is known here.");
        }
        show(cgi, transport, reply.text("model"), account.user(), td);
        return new MilesightSession(dialect, cgi, transport.place().base(), this::deletes, dialectLearnt());
    }

    private List<String> dialectLearnt() {
        return deletesBy.map(List::of).orElse(dialect.deleteFunctions());
    }

    /** Learns what deletes on this router. */
    private void deletes(String function) {
        deletesBy = Optional.of(function);
    }

    private void show(Cgi cgi, RouterTransport transport, String model, String user, String td) {
        boolean bearerFamily = model.startsWith("UG") || model.startsWith("EG");
        boolean cookie = switch (dialect.carrier()) {
            case COOKIE -> true;
            case BEARER -> false;
            case BY_MODEL -> !bearerFamily;
        };
        boolean bearer = switch (dialect.carrier()) {
            case COOKIE -> false;
            case BEARER -> true;
            case BY_MODEL -> !model.startsWith("UR");
        };
        if (cookie) {
            transport.cookie("td", td);
        }
        if (bearer && user.matches("[\\x20-\\x7E]*")) {
            cgi.bearer("Bearer login=" + user + ";" + td);
        }
    }

    private static LoginRefusedException refusal(CgiReply reply) {
        OptionalLong chance = reply.number("chance");
        OptionalLong lock = reply.number("locktime");
        boolean locked = chance.isPresent() ? chance.getAsLong() <= 0 : lock.isPresent() && lock.getAsLong() > 0;
        if (!locked) {
            int left = (int) Math.min(chance.orElse(-1), 1000);
            return LoginRefusedException.refused(left < 0 ? OptionalInt.empty() : OptionalInt.of(left));
        }
        boolean told = lock.isPresent() && lock.getAsLong() > 0 && lock.getAsLong() <= MOST_LOCK_SECONDS;
        return LoginRefusedException.locked(Optional.of(told ? Duration.ofSeconds(lock.getAsLong()) : LOCK));
    }
}
