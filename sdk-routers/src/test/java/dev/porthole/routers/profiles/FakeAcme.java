package dev.porthole.routers.profiles;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The router of the page docs/ROUTERS.md: JSON, a token, a resource for each rule. */
public final class FakeAcme extends FakeRouter {
    private List<Map<String, Object>> rules = new ArrayList<>();
    private final Set<String> tokens = new HashSet<>();
    private final String hash;
    private int next;

    public FakeAcme(String password) throws IOException {
        hash = sha256(password);
        add("ftp", 21, "192.168.1.5", 21, "tcp", false);
        add("Skype/\u00e9 \"x\"", 9000, "192.168.1.6", 9000, "any", false);
        add("off", 3389, "192.168.1.6", 3389, "udp", true);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void add(String name, int wan, String host, int lan, String proto, boolean disabled) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("id", "r/" + ++next);
        rule.put("name", name);
        rule.put("wanPort", wan);
        rule.put("lanPort", lan);
        rule.put("host", host);
        rule.put("proto", proto);
        rule.put("disabled", disabled);
        rules.add(rule);
    }

    public synchronized List<Map<String, Object>> rules() {
        return List.copyOf(rules);
    }

    public synchronized int sessions() {
        return tokens.size();
    }

    @Override
    protected void endSessions() {
        tokens.clear();
    }

    @Override
    protected Runnable undo() {
        List<Map<String, Object>> before = new ArrayList<>(rules);
        return () -> rules = before;
    }

    @Override
    protected boolean counts(Ask ask) {
        return ask.path().startsWith("/api/forwards");
    }

    @Override
    protected Answer answer(Ask ask) {
        try {
            return answered(ask);
        } catch (IOException e) {
            return Answer.of(400, "text/plain", "no JSON");
        }
    }

    private Answer answered(Ask ask) throws IOException {
        if (ask.path().equals("/")) {
            return Answer.of(200, "text/html", "<title>Acme AX</title>");
        }
        if (ask.path().equals("/api/login")) {
            countLogin();
            Map<String, Object> login = JSON.std.mapFrom(ask.body());
            if (!hash.equals(login.get("hash"))) {
                return Answer.of(403, "application/json", "{\"error\":\"wrong\"}");
            }
            tokens.add("t" + ++next);
            return Answer.json("{\"token\":\"t" + next + "\"}");
        }
        if (!tokens.contains(ask.header("X-Token"))) {
            return Answer.json("{\"error\":\"no session\"}");
        }
        if (ask.path().equals("/api/logout")) {
            tokens.remove(ask.header("X-Token"));
            return Answer.json("{}");
        }
        return forwards(ask);
    }

    private Answer forwards(Ask ask) throws IOException {
        switch (ask.method()) {
            case "POST" -> {
                Map<String, Object> rule = JSON.std.mapFrom(ask.body());
                if (rules.stream().anyMatch(each -> each.get("wanPort").equals(rule.get("wanPort")))) {
                    return Answer.of(409, "application/json", "{\"error\":\"taken\"}");
                }
                add(
                        (String) rule.get("name"),
                        (Integer) rule.get("wanPort"),
                        (String) rule.get("host"),
                        (Integer) rule.get("lanPort"),
                        (String) rule.get("proto"),
                        (Boolean) rule.get("disabled"));
            }
            case "DELETE" -> {
                String id = ask.exchange().getRequestURI().getPath().substring("/api/forwards/".length());
                rules.removeIf(rule -> rule.get("id").equals(id));
            }
            default -> {
                // Asked for the list.
            }
        }
        return Answer.json(JSON.std.asString(Map.of("forwards", rules)));
    }
}
