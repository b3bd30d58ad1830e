package dev.porthole.routers.internal.profile;

import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.http.internal.xml.SafeXml;
import dev.porthole.routers.internal.LoginRefusedException;
import dev.porthole.routers.internal.RouterReply;
import dev.porthole.routers.internal.RouterRequest;
import dev.porthole.routers.internal.RouterTransport;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The login of Huawei's HiLink routers: both sides prove that they know the password, and each request after it spends a
 * token that an answer gave. The router's proof is checked: who cannot give it does not know the password.
 */
final class HiLinkLogin implements LoginPlugin {
    private static final String TOKEN = "__RequestVerificationToken";
    /** Wrong name, wrong password, both. */
    private static final Set<String> REFUSED = Set.of("108001", "108002", "108006");
    /** Too many wrong ones. */
    private static final String LOCKED = "108007";
    /** The unit of what the router says is not published, one client takes seconds: never less than this. */
    private static final Duration LEAST_LOCK = Duration.ofMinutes(1);

    private static final Duration MOST_LOCK = Duration.ofHours(24);

    private final SecureRandom random = new SecureRandom();

    @Override
    public Opened login(RouterTransport transport, Credentials credentials, Deadline deadline)
            throws LoginRefusedException, InterruptedException {
        return new Dialogue(transport, deadline).login(credentials);
    }

    /** The tokens of a session: the next request with a body spends the first. */
    private static final class Tokens implements Opened {
        /** Routers give up to thirty at once. */
        private static final int MOST = 64;

        private final Deque<String> tokens = new ArrayDeque<>();

        @Override
        public RouterRequest dressed(RouterRequest request) {
            return request.body().isEmpty() || tokens.isEmpty() ? request : request.with(TOKEN, tokens.remove());
        }

        @Override
        public void seen(RouterReply reply) {
            for (String field : reply.headers().all(TOKEN)) {
                for (String token : field.split("#", -1)) {
                    if (token.matches("[!-~]{1,128}") && tokens.size() < MOST) {
                        tokens.add(token);
                    }
                }
            }
        }
    }

    /** One login. */
    private final class Dialogue {
        private final RouterTransport transport;
        private final Deadline deadline;
        private final Tokens tokens = new Tokens();
        private final SafeXml reader = new SafeXml();

        Dialogue(RouterTransport transport, Deadline deadline) {
            this.transport = transport;
            this.deadline = deadline;
        }

        Opened login(Credentials credentials) throws LoginRefusedException, InterruptedException {
            XmlNode start = read(transport.send(RouterRequest.get("/api/webserver/SesTokInfo"), deadline));
            String session = text(start, "response/SesInfo");
            transport.cookie("SessionID", session.substring(session.indexOf('=') + 1));
            tokens.tokens.add(text(start, "response/TokInfo"));
            String nonce = nonce();
            XmlNode challenge = accepted(send(request(
                    "/api/user/challenge_login",
                    "<username>" + Escape.xml(credentials.user()) + "</username><firstnonce>" + nonce
                            + "</firstnonce><mode>1</mode>")));
            HiLinkProof proof = proof(credentials, nonce, challenge);
            XmlNode answer = accepted(send(request(
                            "/api/user/authentication_login",
                            "<clientproof>" + proof.client() + "</clientproof><finalnonce>"
                                    + Escape.xml(text(challenge, "response/servernonce")) + "</finalnonce>")
                    .withAccount()));
            if (!MessageDigest.isEqual(bytes(proof.server()), bytes(text(answer, "response/serversignature")))) {
                throw new NatTraversalException(
                        FindingCode.PAGE_NOT_UNDERSTOOD,
                        transport.place().base()
                                + " took the account, and cannot prove that it knows the password itself. Something else than"
                                + " the router may answer there; nothing was changed.");
            }
            return tokens;
        }

        private HiLinkProof proof(Credentials credentials, String nonce, XmlNode challenge) {
            String salt = text(challenge, "response/salt");
            String iterations = text(challenge, "response/iterations");
            String server = text(challenge, "response/servernonce");
            boolean known = salt.matches("([0-9a-fA-F]{2}){8,64}")
                    && iterations.matches("[1-9][0-9]{0,4}")
                    && server.matches("[!-~]{1,256}")
                    && server.startsWith(nonce);
            if (!known) {
                throw notUnderstood("set a challenge of another kind than known");
            }
            return credentials
                    .password()
                    .use(password -> new HiLinkProof(
                            password,
                            HexFormat.of().parseHex(salt),
                            Integer.parseInt(iterations),
                            nonce + "," + server + "," + server));
        }

        private String nonce() {
            byte[] bytes = new byte[32];
            random.nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        }

        private static RouterRequest request(String path, String inside) {
            String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><request>" + inside + "</request>";
            return RouterRequest.post(path, "application/xml", body.getBytes(StandardCharsets.UTF_8));
        }

        private XmlNode send(RouterRequest request) throws InterruptedException {
            RouterReply reply = transport.send(tokens.dressed(request), deadline);
            tokens.seen(reply);
            return read(reply);
        }

        private XmlNode read(RouterReply reply) {
            return Optional.of(reply)
                    .filter(RouterReply::success)
                    .flatMap(r -> XmlNode.parse(reader, r.body()))
                    .orElseThrow(() -> notUnderstood("answered the login with HTTP " + reply.status() + " and no XML"));
        }

        /** The answer, where it is no error. */
        private XmlNode accepted(XmlNode answer) throws LoginRefusedException, InterruptedException {
            if (!answer.name().equals("error")) {
                return answer;
            }
            String code = Place.of("error/code").textIn(answer).orElse("").strip();
            if (code.equals(LOCKED)) {
                throw LoginRefusedException.locked(Optional.of(lock()));
            }
            if (REFUSED.contains(code)) {
                throw LoginRefusedException.refused(OptionalInt.empty());
            }
            throw notUnderstood(
                    "answered the login with the error " + (code.matches("[0-9]{1,8}") ? code : "of no code"));
        }

        private Duration lock() throws InterruptedException {
            XmlNode state = read(transport.send(RouterRequest.get("/api/user/state-login"), deadline));
            String rest =
                    Place.of("response/remainwaittime").textIn(state).orElse("").strip();
            Duration told = rest.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(rest)) : LEAST_LOCK;
            return told.compareTo(LEAST_LOCK) < 0 ? LEAST_LOCK : told.compareTo(MOST_LOCK) > 0 ? MOST_LOCK : told;
        }

        private String text(XmlNode answer, String place) {
            return Place.of(place)
                    .textIn(answer)
                    .map(String::strip)
                    .filter(text -> text.matches("[!-~]{1,4096}"))
                    .orElseThrow(() -> notUnderstood("answered the login without " + place));
        }

        private NatTraversalException notUnderstood(String what) {
            return new NatTraversalException(
                    FindingCode.PAGE_NOT_UNDERSTOOD,
                    transport.place().base() + " " + what
                            + ". Routers that do not log in by challenge_login are not known here.");
        }
    }

    private static byte[] bytes(String text) {
        return text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    }
}
