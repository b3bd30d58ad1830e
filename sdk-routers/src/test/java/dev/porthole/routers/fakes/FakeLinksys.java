package dev.porthole.routers.fakes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A Linksys of the WRT54G's time: each request carries the account; ten rows to type in are stored together. A row whose
 * name is too long or not plain, whose address is empty, or that comes after the tenth, is dropped without a word, and the
 * rows below move up.
 */
public final class FakeLinksys extends FormRouter {
    /** How forms are told from those of other sites. */
    public enum Key {
        /** The form of the WRT54G: {@code action=Apply}. */
        NONE,
        /** Later ones: {@code gui_action=Apply}, and a key that the pages name, after the path. */
        IN_PATH,
        /** The same, the key in the query. */
        IN_QUERY
    }

    private record Slot(String name, int from, int to, String protocol, String octet, boolean enabled) {}

    private static final int SLOTS = 10;
    private static final int LONGEST_NAME = 12;
    private static final String SESSION_KEY = "8c1b0d2f6e";

    private final Key key;
    private final List<Slot> slots = new ArrayList<>();
    private boolean off;

    public FakeLinksys(Key key) throws IOException {
        super("linksys");
        this.key = key;
        add("WebServer", 8000, 8000, "tcp", "20");
        add("Game & <1>", 27015, 27015, "udp", "30");
    }

    /** Adds a rule of somebody else. */
    public synchronized FakeLinksys add(String name, int from, int to, String protocol, String octet) {
        slots.add(new Slot(name, from, to, protocol, octet, true));
        return this;
    }

    /** From now on what is stored is off, whatever the form says. */
    public synchronized void switchOff() {
        off = true;
    }

    @Override
    boolean outsideOfSessions(FormRequest request) {
        return request.path().equals("/");
    }

    @Override
    protected FormReply answer(FormRequest request) {
        if (request.basic().filter(sent -> sent.equals("admin:" + password())).isEmpty()) {
            request.basic().ifPresent(wrong -> countLogin());
            return FormReply.challenge(
                    "WRT54G", "<HTML><HEAD><TITLE>401 Unauthorized</TITLE></HEAD><BODY>401 Unauthorized</BODY></HTML>");
        }
        String path = request.path();
        if (path.equals("/") || path.equals("/index.asp")) {
            return page("Setup", "<form name=setup></form>");
        }
        if (path.equals("/Forward.asp")) {
            return page("Forward", form());
        }
        return path.startsWith("/apply.cgi") ? applied(request) : new FormReply(404, Map.of(), "404 Not Found");
    }

    private boolean ownForm(FormRequest request) {
        return switch (key) {
            case NONE -> request.field("action").equals("Apply");
            case IN_PATH ->
                request.field("gui_action").equals("Apply")
                        && request.path().equals("/apply.cgi;session_id=" + SESSION_KEY);
            case IN_QUERY ->
                request.field("gui_action").equals("Apply")
                        && request.field("session_id").equals(SESSION_KEY);
        };
    }

    private FormReply applied(FormRequest request) {
        boolean stores =
                ownForm(request) && request.field("submit_button").equals("Forward") && request.has("forward_port");
        if (stores) {
            slots.clear();
            for (int n = 0; n < SLOTS; n++) {
                store(request, n);
            }
        }
        return page("Success", "Settings are successful. <a href=Forward.asp>Continue</a>");
    }

    private void store(FormRequest request, int n) {
        String name = request.field("name" + n);
        String octet = request.field("ip" + n);
        int from = number(request.field("from" + n));
        int to = number(request.field("to" + n));
        boolean plain = name.length() <= LONGEST_NAME && name.chars().allMatch(c -> c >= ' ' && c < 127);
        boolean address = octet.matches("\\d{1,3}") && number(octet) > 0 && number(octet) < 255;
        if (plain && address && from <= 65535 && to <= 65535) {
            slots.add(new Slot(
                    name,
                    Math.min(from, to),
                    Math.max(from, to),
                    request.field("pro" + n),
                    octet,
                    request.field("enable" + n).equals("on") && !off));
        }
    }

    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    private static FormReply page(String title, String body) {
        return FormReply.html("<HTML><HEAD><TITLE>" + title + "</TITLE></HEAD><BODY>"
                + "<TABLE><TR><TD><IMG src=\"image/UI_Linksys.gif\"></TD><TD>Firmware Version: v4.21.5</TD></TR></TABLE>"
                + body + "</BODY></HTML>");
    }

    private String form() {
        StringBuilder form = new StringBuilder("<SCRIPT language=JavaScript>\n");
        if (key != Key.NONE) {
            form.append("var session_key = \"" + SESSION_KEY + "\";\nvar close_session = \"0\";\n");
        }
        form.append("</SCRIPT><FORM name=portRange method=post action=apply.cgi>")
                .append("<input type=hidden name=submit_button><input type=hidden name=")
                .append(key == Key.NONE ? "action" : "gui_action")
                .append("><input type=hidden name=\"forward_port\" value=\"")
                .append(SLOTS)
                .append("\"><TABLE>");
        for (int n = 0; n < SLOTS; n++) {
            form.append(row(n < slots.size() ? slots.get(n) : new Slot("", 0, 0, "both", "0", false), n));
        }
        return form + "</TABLE></FORM>";
    }

    private static String row(Slot slot, int n) {
        StringBuilder options = new StringBuilder();
        for (String protocol : List.of("tcp", "udp", "both")) {
            options.append("<OPTION value=")
                    .append(protocol)
                    .append(slot.protocol().equals(protocol) ? " selected>" : " >")
                    .append(protocol)
                    .append("</OPTION>");
        }
        String name = slot.name().replace("<", "&lt;").replace(">", "&gt;");
        return "<TR><TD><INPUT maxLength=12 size=7 name=name" + n + " value='" + name + "'></TD><TD><INPUT value='"
                + slot.from() + "' name=from" + n + "></TD><TD><INPUT value='" + slot.to() + "' name=to" + n
                + "></TD><TD><SELECT size=1 name=pro" + n + ">" + options + "</SELECT></TD><TD>192.168.1.<INPUT"
                + " maxLength=3 value='" + slot.octet() + "' name=ip" + n + "></TD><TD><INPUT type=checkbox value=on"
                + " name=enable" + n + (slot.enabled() ? " checked" : "") + "></TD></TR>\n";
    }

    private synchronized List<String> rules(Predicate<Slot> which) {
        return slots.stream().filter(which).map(Slot::toString).toList();
    }

    @Override
    public List<String> foreign() {
        return rules(slot -> !slot.name().startsWith("porthole"));
    }

    @Override
    public List<String> ours() {
        return rules(slot -> slot.name().startsWith("porthole"));
    }

    @Override
    public int foreignPort() {
        return 8000;
    }

    @Override
    public boolean translates() {
        return false;
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
        List<Slot> before = List.copyOf(slots);
        return () -> {
            slots.clear();
            slots.addAll(before);
        };
    }

    @Override
    protected void endSessions() {
        // Each request carries the account.
    }
}
