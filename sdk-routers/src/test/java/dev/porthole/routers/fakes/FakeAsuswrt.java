package dev.porthole.routers.fakes;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ASUSWRT, as it answers the maker's own application: one administrator at a time, errors as numbers, rules as one string
 * behind a switch. Whoever does not name themselves so is a browser, and is sent to the login page.
 */
public final class FakeAsuswrt extends FormRouter {
    /** How one logs in. */
    public enum Login {
        /** {@code login.cgi}: user and password in base64. */
        PLAIN,
        /** {@code login_v2.cgi}: a digest over the router's number and ours. */
        NONCE
    }

    private static final int NO_TOKEN = 1;
    private static final int NO_SESSION = 2;
    private static final int WRONG_ACCOUNT = 3;
    private static final int LOCKED = 7;
    private static final int LOGGED_OUT = 8;
    private static final int ANOTHER_IS_IN = 9;
    private static final int CAPTCHA = 10;

    private static final Pattern HOOK = Pattern.compile("(nvram_get|nvram_char_to_ascii)\\((\\w+)(?:,(\\w+))?\\)");

    private final Login login;
    private final Map<String, String> nvram = new TreeMap<>();
    private final Map<String, String> nonces = new TreeMap<>();
    private Optional<String> session = Optional.empty();
    private List<String> running = List.of();
    private int refusal;
    private int made;

    public FakeAsuswrt(Login login) throws IOException {
        super("asuswrt");
        this.login = login;
        nvram.put("productid", "RT-AX58U");
        nvram.put("wan0_ipaddr", "203.0.113.7");
        nvram.put("vts_enable_x", "1");
        nvram.put(
                "vts_rulelist", "<WebServer>8000>192.168.1.20>80>TCP<Game 1>27015>192.168.1.30>27016>UDP>203.0.113.9");
        restartFirewall();
    }

    /** Sets a setting, as somebody else would. */
    public synchronized FakeAsuswrt set(String name, String value) {
        nvram.put(name, value);
        return this;
    }

    /** A setting as the router keeps it. */
    public synchronized String setting(String name) {
        return nvram.getOrDefault(name, "");
    }

    /** The rules that the firewall has. */
    public synchronized List<String> inForce() {
        return running;
    }

    /** Another administrator has the session. */
    public synchronized void anotherIsIn(boolean is) {
        refusal = is ? ANOTHER_IS_IN : 0;
    }

    /** It wants to be told what a picture shows. */
    public synchronized void wantsCaptcha() {
        refusal = CAPTCHA;
    }

    @Override
    boolean outsideOfSessions(FormRequest request) {
        return request.path().matches("/|/(Main_Login|Logout)\\.asp|/(login|login_v2|get_Nonce)\\.cgi");
    }

    private static boolean fromApplication(FormRequest request) {
        String[] agent = request.header("User-Agent").orElse("").split("-", -1);
        return agent.length > 2 && agent[0].equals("asusrouter");
    }

    @Override
    protected FormReply answer(FormRequest request) {
        boolean application = fromApplication(request);
        if (!application) {
            return request.path().equals("/Main_Login.asp")
                    ? FormReply.html("<html><head><title>ASUS Login</title></head><body>" + script() + "</body></html>")
                    : FormReply.html(
                            "<HTML><HEAD><script>top.location.href='/Main_Login.asp';</script>\n</HEAD></HTML>\n");
        }
        FormReply reply = switch (request.path()) {
            case "/login.cgi" -> plainLogin(request);
            case "/get_Nonce.cgi" -> nonce(request);
            case "/login_v2.cgi" -> nonceLogin(request);
            default -> inSession(request);
        };
        return reply.with("AiHOMEAPILevel", "24").with("Model_Name", nvram.get("productid"));
    }

    private String script() {
        return "<form name=\"form\" action=\"" + (login == Login.NONCE ? "login_v2.cgi" : "login.cgi") + "\"></form>";
    }

    private static FormReply error(int code) {
        return FormReply.json("{\n\"error_status\":\"" + code + "\"\n}\n");
    }

    private Optional<FormReply> notNow() {
        if (locked().isPresent()) {
            return Optional.of(FormReply.json("{\n\"error_status\":\"" + LOCKED + "\",\"remaining_lock_time\":\""
                    + locked().get().toSeconds() + "\"\n}\n"));
        }
        return refusal == 0 ? Optional.empty() : Optional.of(error(refusal));
    }

    private FormReply plainLogin(FormRequest request) {
        if (login == Login.NONCE) {
            return error(NO_SESSION);
        }
        countLogin();
        String right = Base64.getEncoder().encodeToString(("admin:" + password()).getBytes(StandardCharsets.UTF_8));
        // The body is not decoded as a form's: some clients send the sign "=" as it is, others its number.
        boolean known = request.body().startsWith("login_authorization=")
                && FormRequest.decoded(request.body().substring(20).replace("+", "%2B"))
                        .equals(right);
        return notNow().orElseGet(() -> known ? opened() : error(WRONG_ACCOUNT));
    }

    private FormReply nonce(FormRequest request) {
        if (login == Login.PLAIN) {
            return new FormReply(404, Map.of(), "<HTML><BODY>404 Not Found</BODY></HTML>");
        }
        String id = text(request.body(), "id");
        nonces.put(id, "n" + ++made + "c3");
        return FormReply.json("{\"nonce\":\"" + nonces.get(id) + "\"}");
    }

    private FormReply nonceLogin(FormRequest request) {
        if (login == Login.PLAIN) {
            return new FormReply(404, Map.of(), "<HTML><BODY>404 Not Found</BODY></HTML>");
        }
        countLogin();
        String nonce = nonces.remove(request.field("id"));
        String right = sha256("admin:" + nonce + ":" + password() + ":" + request.field("cnonce"));
        boolean known = nonce != null
                && !request.field("cnonce").isEmpty()
                && right.equals(request.field("login_authorization"));
        return notNow().orElseGet(() -> known ? opened() : error(WRONG_ACCOUNT));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private FormReply opened() {
        String token = "1804289383" + ++made;
        session = Optional.of(token);
        return FormReply.json("{\n\"asus_token\":\"" + token + "\"\n}\n")
                .with("Set-Cookie", "asus_token=" + token + "; HttpOnly;");
    }

    private FormReply inSession(FormRequest request) {
        Optional<String> token = request.cookie("asus_token");
        if (token.isEmpty()) {
            return error(NO_TOKEN);
        }
        if (!token.equals(session)) {
            return error(NO_SESSION);
        }
        return switch (request.path()) {
            case "/Logout.asp" -> {
                session = Optional.empty();
                yield error(LOGGED_OUT);
            }
            case "/appGet.cgi" -> FormReply.json(hooks(request.field("hook")));
            case "/applyapp.cgi" -> applied(request);
            default -> new FormReply(404, Map.of(), "<HTML><BODY>404 Not Found</BODY></HTML>");
        };
    }

    private String hooks(String asked) {
        List<String> answers = new ArrayList<>();
        Matcher hook = HOOK.matcher(asked);
        while (hook.find()) {
            boolean percent = hook.group(1).equals("nvram_char_to_ascii");
            String value = setting(percent ? String.valueOf(hook.group(3)) : hook.group(2));
            answers.add("\"" + hook.group(2) + "\":\"" + (percent ? percent(value) : entities(value)) + "\"");
        }
        return "{\n" + String.join(",\n", answers) + "\n}\n";
    }

    /** All but letters and digits as their numbers; what is not ASCII goes away. */
    private static String percent(String text) {
        StringBuilder written = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (Character.isLetterOrDigit((char) b) && b > 0) {
                written.append((char) b);
            } else if (b >= ' ') {
                written.append(String.format("%%%02X", b));
            }
        }
        return written.toString();
    }

    /** Some signs as entities, without the semicolon that belongs there. */
    private static String entities(String text) {
        StringBuilder written = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b >= ' ' && b < 127 && "\"&<>".indexOf(b) < 0;
            written.append(plain ? String.valueOf((char) b) : "&#" + b);
        }
        return written.toString();
    }

    private static String text(String json, String name) {
        try {
            return String.valueOf(JSON.std.mapFrom(json).get(name));
        } catch (IOException e) {
            return "";
        }
    }

    /** The body is JSON, and that in the encoding of a URL. */
    private FormReply applied(FormRequest request) {
        Map<String, Object> values;
        try {
            values = JSON.std.mapFrom(FormRequest.decoded(request.body().replace("+", "%2B")));
        } catch (IOException e) {
            return FormReply.json("{\"modify\":\"0\"}");
        }
        boolean modified = false;
        for (String name : List.of("vts_enable_x", "vts_rulelist")) {
            Object value = values.get(name);
            modified |= value != null && !value.equals(nvram.put(name, value.toString()));
        }
        boolean restart =
                "restart_firewall".equals(values.get("rc_service")) && "apply".equals(values.get("action_mode"));
        if (restart) {
            restartFirewall();
        }
        return FormReply.json("{\n\"modify\":\"" + (modified ? 1 : 0) + "\""
                + (restart ? ",\n\"run_service\":\"restart_firewall\"" : "") + "\n}\n");
    }

    private void restartFirewall() {
        running = setting("vts_enable_x").equals("1") ? rules(rule -> true) : List.of();
    }

    private synchronized List<String> rules(Predicate<String> which) {
        List<String> rules = new ArrayList<>();
        for (String rule : setting("vts_rulelist").split("<")) {
            if (!rule.isEmpty() && which.test(rule)) {
                rules.add(rule);
            }
        }
        return rules;
    }

    @Override
    public List<String> foreign() {
        return rules(rule -> !rule.startsWith("porthole"));
    }

    @Override
    public List<String> ours() {
        return rules(rule -> rule.startsWith("porthole"));
    }

    @Override
    public int foreignPort() {
        return 8000;
    }

    @Override
    public synchronized int sessions() {
        return session.isPresent() ? 1 : 0;
    }

    @Override
    protected Runnable undo() {
        Map<String, String> before = Map.copyOf(nvram);
        List<String> inForce = running;
        return () -> {
            nvram.putAll(before);
            running = inForce;
        };
    }

    @Override
    protected void endSessions() {
        session = Optional.empty();
    }
}
