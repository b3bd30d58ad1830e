package dev.porthole.routers.fakes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A Huawei router with HiLink: a login by proofs instead of a password, a token that serves one change, error numbers with
 * status 200, and a list that is set all at once.
 */
public final class HuaweiHiLink extends FakeRouter {
    private static final String TABLE = "/api/security/virtual-servers";
    private static final String TOKEN = "__RequestVerificationToken";
    private static final String SALT = "6f1c0de94f7a1b23cc55e2f0a9d18b7e6f1c0de94f7a1b23cc55e2f0a9d18b7e";
    private static final int ITERATIONS = 100;
    private static final String RSA = "c0ffee";

    private final List<String> tokens = new ArrayList<>();
    private String session = "";
    private String firstNonce = "";
    private String serverNonce = "";
    private boolean open;
    private boolean locked;
    private boolean impostor;
    private String salt = SALT;
    private String iterations = "100";
    private String noncePrefix = "";
    private int count;

    /** A router with two rules. */
    public HuaweiHiLink() throws IOException {
        this(2);
    }

    /** A router with some of the usual rules; a single one looks different in what most clients make of XML. */
    public HuaweiHiLink(int rules) throws IOException {
        super("huawei-hilink", "VirtualServerIPName");
        List.of(
                        server("Skype", "1", "9000", "9000", "9000", "9000", "192.168.1.6", "0"),
                        server("ftp", "1", "2121", "2121", "21", "21", "192.168.1.5", "6"),
                        server("game", "0", "6000", "6010", "6000", "6010", "192.168.1.6", "17"))
                .subList(0, rules)
                .forEach(this::hold);
    }

    private static Map<String, Object> server(
            String name, String on, String from, String to, String lan, String lanEnd, String host, String protocol) {
        return row(
                "VirtualServerIPName",
                name,
                "VirtualServerStatus",
                on,
                "VirtualServerRemoteIP",
                "",
                "VirtualServerWanPort",
                from,
                "VirtualServerWanEndPort",
                to,
                "VirtualServerLanPort",
                lan,
                "VirtualServerLanEndPort",
                lanEnd,
                "VirtualServerIPAddress",
                host,
                "VirtualServerProtocol",
                protocol);
    }

    /** From now on its challenge is another; the nonce starts with this instead of with ours. */
    public synchronized void challengeWith(String otherSalt, String otherIterations, String prefix) {
        salt = otherSalt;
        iterations = otherIterations;
        noncePrefix = prefix;
    }

    /** From now on it takes any password, and cannot prove that it knows one. */
    public synchronized void pretend() {
        impostor = true;
    }

    @Override
    public synchronized void lock(Duration time) {
        locked = true;
    }

    @Override
    protected void endSessions() {
        open = false;
        tokens.clear();
    }

    @Override
    public synchronized int sessions() {
        return open ? 1 : 0;
    }

    @Override
    protected boolean counts(Call call) {
        return call.path().equals(TABLE);
    }

    @Override
    Answer answered(Call call) {
        if (!call.path().startsWith("/api/")) {
            return Answer.html(200, "<html><head><title>HUAWEI</title></head><body></body></html>");
        }
        return switch (call.method() + " " + call.path()) {
            case "GET /api/webserver/SesTokInfo" -> sessionToken();
            case "GET /api/device/basic_information" ->
                response(Xml.element("devicename", "B535-232") + Xml.element("classify", "cpe"));
            case "GET /api/user/state-login" ->
                response(Xml.element("State", open ? "0" : "-1")
                        + Xml.element("password_type", "4")
                        + Xml.element("lockstatus", locked ? "1" : "0")
                        + Xml.element("remainwaittime", locked ? "600" : "0"));
            case "GET " + TABLE -> mine(call) ? list() : error(100003);
            case "POST /api/user/challenge_login", "POST /api/user/authentication_login" ->
                !spent(call) ? error(125003) : call.path().endsWith("challenge_login") ? challenge(call) : proof(call);
            case "POST /api/user/logout" -> {
                open = false;
                yield response("OK");
            }
            case "POST " + TABLE -> {
                if (!mine(call)) {
                    yield error(125002);
                }
                yield spent(call) ? set(call.body()).with(TOKEN, token()) : error(125003);
            }
            default -> error(100002);
        };
    }

    private boolean mine(Call call) {
        return open && !session.isEmpty() && call.cookie("SessionID").equals(session);
    }

    /** Each token is good for one request. */
    private boolean spent(Call call) {
        return tokens.remove(call.header(TOKEN));
    }

    private String token() {
        String made = String.format("%032x", 0xABCDEFL * ++count);
        tokens.add(made);
        return made;
    }

    private Answer sessionToken() {
        session = "session" + ++count;
        open = false;
        return response(Xml.element("SesInfo", "SessionID=" + session) + Xml.element("TokInfo", token()));
    }

    private Answer challenge(Call call) {
        Map<String, Object> given = Xml.leaves(call.body());
        if (locked) {
            countLogin();
            return error(108007);
        }
        firstNonce = String.valueOf(given.get("firstnonce"));
        serverNonce = noncePrefix + firstNonce + String.format("%032x", ++count);
        return response(Xml.element("salt", salt)
                        + Xml.element("iterations", iterations)
                        + Xml.element("servernonce", serverNonce)
                        + Xml.element("modeselected", "1"))
                .with(TOKEN, token());
    }

    private Answer proof(Call call) {
        Map<String, Object> given = Xml.leaves(call.body());
        countLogin();
        byte[] salted = salted();
        String said = firstNonce + "," + serverNonce + "," + serverNonce;
        byte[] clientKey = hmac("Client Key".getBytes(StandardCharsets.UTF_8), salted);
        byte[] signature = hmac(said.getBytes(StandardCharsets.UTF_8), sha256(clientKey));
        byte[] expected = new byte[clientKey.length];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (byte) (clientKey[i] ^ signature[i]);
        }
        boolean right = serverNonce.equals(given.get("finalnonce"))
                && HexFormat.of().formatHex(expected).equals(given.get("clientproof"));
        serverNonce = "";
        if (impostor) {
            open = true;
            return response(Xml.element("serversignature", SALT)).with(TOKEN, token());
        }
        if (!right) {
            return error(108006).with(TOKEN, token());
        }
        open = true;
        session = "session" + ++count;
        byte[] serverKey = hmac("Server Key".getBytes(StandardCharsets.UTF_8), salted);
        String hex = HexFormat.of().formatHex(hmac(said.getBytes(StandardCharsets.UTF_8), serverKey));
        String key = HexFormat.of().formatHex(hmac(serverKey, HexFormat.of().parseHex(RSA)));
        return response(Xml.element("serversignature", hex)
                        + Xml.element("rsan", RSA)
                        + Xml.element("rsae", "010001")
                        + Xml.element("rsapubkeysignature", key))
                .with("Set-Cookie", "SessionID=" + session + ";path=/;HttpOnly;")
                .with(TOKEN, token() + "#" + token() + "#" + token());
    }

    private Answer list() {
        StringBuilder servers = new StringBuilder();
        rules.forEach(
                rule -> servers.append("<Server>\n").append(Xml.elements(rule)).append("</Server>\n"));
        return response("<Servers>\n" + servers + "</Servers>\n<PmExPorts>\n"
                + Xml.element("virtual_server_special_ports", "22, 23, 80, 443") + "</PmExPorts>\n");
    }

    private Answer set(String body) {
        List<Map<String, Object>> wanted = new ArrayList<>();
        List<String> servers = Xml.each(body, "Servers");
        if (servers.isEmpty()) {
            return error(100005);
        }
        for (String server : Xml.each(servers.get(0), "Server")) {
            Map<String, Object> rule = server("", "", "", "", "", "", "", "");
            Map<String, Object> given = Xml.leaves(server);
            rule.replaceAll((name, old) -> given.getOrDefault(name, ""));
            if (!right(rule)) {
                return error(9003);
            }
            wanted.add(rule);
        }
        rules.clear();
        rules.addAll(wanted);
        return response("OK");
    }

    private static boolean right(Map<String, Object> rule) {
        Map<String, String> text = new LinkedHashMap<>();
        rule.forEach((name, value) -> text.put(name, String.valueOf(value)));
        List<String> ports = List.of(
                text.get("VirtualServerWanPort"),
                text.get("VirtualServerWanEndPort"),
                text.get("VirtualServerLanPort"),
                text.get("VirtualServerLanEndPort"));
        if (!ports.stream().allMatch(port -> port.matches("[1-9][0-9]{0,4}"))) {
            return false;
        }
        int[] at = ports.stream().mapToInt(Integer::parseInt).toArray();
        return at[1] - at[0] == at[3] - at[2]
                && at[1] >= at[0]
                && List.of("0", "6", "17").contains(text.get("VirtualServerProtocol"))
                && List.of("0", "1").contains(text.get("VirtualServerStatus"))
                && !text.get("VirtualServerIPName").isEmpty();
    }

    private static byte[] salted() {
        try {
            PBEKeySpec spec =
                    new PBEKeySpec(PASSWORD.toCharArray(), HexFormat.of().parseHex(SALT), ITERATIONS, 256);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has PBKDF2", e);
        }
    }

    private static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC", e);
        }
    }

    private static byte[] sha256(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Answer response(String inside) {
        return Answer.xml(200, "<response>" + inside + "</response>\n");
    }

    private static Answer error(int code) {
        return Answer.xml(200, "<error>\n" + Xml.element("code", code) + Xml.element("message", "") + "</error>\n");
    }
}
