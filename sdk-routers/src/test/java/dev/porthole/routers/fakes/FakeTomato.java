package dev.porthole.routers.fakes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Tomato: each request carries the account; rules are one string, which a page shows in a script and a form stores whole.
 * What the string says takes effect when the firewall is restarted. A form without the id of this boot is never answered.
 */
public final class FakeTomato extends FormRouter {
    /** What {@code tomato.cgi} accepts as the length of the list. */
    private static final int MOST_CHARACTERS = 4096;

    private final Map<String, String> nvram = new TreeMap<>();
    private String running;
    private int boots;

    public FakeTomato(String... rules) throws IOException {
        super("tomato");
        nvram.put("router_name", "Tomato");
        nvram.put("portforward", String.join("", rules));
        nvram.put("ipv6_portforward", "1<1<<2001:db8::20<80<six>");
        running = nvram.get("portforward");
        reboot();
    }

    /** With the rules of others that a home has. */
    public static FakeTomato home() throws IOException {
        return new FakeTomato(
                "1<1<<8000<80<192.168.1.20<WebServer>", "1<2<203.0.113.9<27015<<192.168.1.30<Game \"1\">");
    }

    /** Gives forms another id, as a restart does. */
    public synchronized void reboot() {
        nvram.put("http_id", "TID" + Long.toHexString(0x5eed0000L + ++boots));
    }

    /** A setting as the router keeps it. */
    public synchronized String setting(String name) {
        return nvram.getOrDefault(name, "");
    }

    /** The rules that the firewall has. */
    public synchronized List<String> inForce() {
        return List.of(running.split(">"));
    }

    @Override
    boolean outsideOfSessions(FormRequest request) {
        return request.path().equals("/") || request.path().equals("/logout");
    }

    @Override
    protected FormReply answer(FormRequest request) {
        boolean known = request.basic()
                .filter(sent -> sent.equals("admin:" + password()) || sent.equals("root:" + password()))
                .isPresent();
        if (!known) {
            request.basic().ifPresent(wrong -> countLogin());
            return FormReply.challenge(
                    nvram.get("router_name"),
                    "<html><head><title>Error</title></head><body><h2>401 Unauthorized</h2> Unauthorized</body></html>");
        }
        return switch (request.path()) {
            case "/", "/status-overview.asp" -> page("Status: Overview", script("wan_ipaddr"));
            case "/forward-basic.asp" ->
                page("Forwarding: Basic", script("portforward") + "var lipp = '192.168.1.';\n");
            case "/tomato.cgi" -> stored(request);
            default -> new FormReply(404, Map.of(), "<html><body>404 Not Found</body></html>");
        };
    }

    private FormReply stored(FormRequest request) {
        if (!request.field("_http_id").equals(nvram.get("http_id"))) {
            return FormReply.NONE;
        }
        for (String name : List.of("portforward", "ipv6_portforward")) {
            if (request.field(name).getBytes(StandardCharsets.UTF_8).length > MOST_CHARACTERS) {
                return page(
                        "Error", "resmsg='The field \\\"" + name + "\\\" is invalid. Please report this problem.';\n");
            }
            if (request.has(name)) {
                nvram.put(name, request.field(name));
            }
        }
        if (request.field("_service").equals("firewall-restart")) {
            running = nvram.get("portforward");
        }
        return page("Saved", "resmsg='Settings saved.';\n");
    }

    private FormReply page(String title, String script) {
        return FormReply.html("<html><head><title>[" + nvram.get("router_name") + "] " + title
                + "</title><script type='text/javascript'>\n//\t" + script
                + "</script></head><body><div class='title'>Tomato</div></body></html>");
    }

    private String script(String name) {
        return "\nnvram = {\n\t" + name + ": '" + quoted(setting(name)) + "',\n\twl_unit: '0',\n\thttp_id: '"
                + nvram.get("http_id") + "',\n\tweb_mx: 'status,bwm',\n\tweb_pb: ''};\n";
    }

    /** Quotes, backslashes and whatever is not printable ASCII byte by byte, as the router does it. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b >= ' ' && b < 127 && "'\"\\".indexOf(b) < 0;
            quoted.append(plain ? String.valueOf((char) b) : String.format("\\x%02x", b & 0xff));
        }
        return quoted.toString();
    }

    private synchronized List<String> rules(Predicate<String> which) {
        List<String> rules = new ArrayList<>();
        for (String rule : setting("portforward").split(">")) {
            if (!rule.isEmpty() && which.test(rule)) {
                rules.add(rule);
            }
        }
        return rules;
    }

    @Override
    public List<String> foreign() {
        return rules(rule -> !rule.contains("<porthole"));
    }

    @Override
    public List<String> ours() {
        return rules(rule -> rule.contains("<porthole"));
    }

    @Override
    public int foreignPort() {
        return 8000;
    }

    @Override
    public boolean keepsSessions() {
        return false;
    }

    @Override
    public Optional<String> lockedFor() {
        return Optional.empty();
    }

    @Override
    public int sessions() {
        return 0;
    }

    @Override
    protected Runnable undo() {
        Map<String, String> before = Map.copyOf(nvram);
        String inForce = running;
        return () -> {
            nvram.putAll(before);
            running = inForce;
        };
    }

    @Override
    protected void endSessions() {
        // Each request carries the account.
    }
}
