package dev.porthole.routers.pages;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A router that shows a fixed number of rows to type in, and stores them all at once. */
public class SlotPages implements Pages {
    public enum With {
        /** Linksys: the last part of the address only. */
        LAST_OCTET,
        /** One port for both sides. */
        NO_INTERNAL,
        RANGE,
        ARRAY,
        /** D-Link: a rule takes two rows of the table, with its words inside. */
        TWO_ROWS,
        NO_HEADER,
        SCRIPTED_SAVE,
        GROUPED_HEADER,
        BOXES_FOR_PROTOCOLS,
        NUMBERS_FOR_PROTOCOLS,
        ZEROS,
        SHORT_NAMES,
        TEMPLATE_ROW,
        EXTRA
    }

    private final Tongue words;
    private final int slots;
    private final String[] stems;
    private final Set<With> with;

    /** Stems: name, external, last external, internal, address, protocol, enabled; # is the row. */
    public SlotPages(Tongue words, int slots, String stems, With first, With... more) {
        this.words = words;
        this.slots = slots;
        this.stems = stems.split(" ");
        this.with = EnumSet.of(first, more);
    }

    private boolean is(With one) {
        return with.contains(one);
    }

    @Override
    public boolean translates() {
        return !is(With.NO_INTERNAL);
    }

    @Override
    public List<Entry> others() {
        int web = is(With.NO_INTERNAL) ? 8000 : 80;
        int game = is(With.NO_INTERNAL) ? 27015 : 27016;
        return List.of(
                Entry.of("WebServer", 8000, web, "192.168.1.20", "TCP"),
                Entry.of("Game \"1\"", 27015, game, "192.168.1.30", "UDP"));
    }

    private String stem(int which, int n) {
        return stems[which].replace("#", "" + n);
    }

    @Override
    public String page(Request request, List<Entry> rules) {
        return switch (request.path()) {
            case "/", "/index.htm" ->
                Pages.document(
                        "Home",
                        "<a href=adv/index.asp>Advanced</a> <a href=/logout.htm>Log out</a> <a href=/status.htm>Status</a>");
            case "/adv/index.asp" ->
                Pages.document("Advanced", "<a href='fw.asp'>" + words.title + "</a><a href='dmz.asp'>DMZ</a>");
            case "/adv/fw.asp" -> form(rules);
            case "/adv/apply.cgi" -> stored(request, rules);
            default -> null;
        };
    }

    private String stored(Request request, List<Entry> rules) {
        if (!request.get("submit_button").equals("Forward")
                || !request.get("action").equals("Apply")) {
            return Pages.document("Error", "Error: nothing done");
        }
        List<Entry> now = new ArrayList<>();
        for (int n = 0; n < slots; n++) {
            Entry entry = entry(request, n);
            if (!entry.host().isEmpty() && !entry.from().matches("0?")) {
                now.add(entry);
            }
        }
        rules.clear();
        rules.addAll(now);
        return Pages.document("Saved", "<p>Settings are successful.</p><a href='fw.asp'>Continue</a>");
    }

    private String value(Request request, int which, int n) {
        if (is(With.ARRAY)) {
            List<String> all = request.all(stems[which]);
            return n < all.size() ? all.get(n) : "";
        }
        return request.get(stem(which, n));
    }

    private Entry entry(Request request, int n) {
        String host = value(request, 4, n);
        String from = value(request, 1, n);
        String to = is(With.RANGE) ? value(request, 2, n) : from;
        String in = is(With.NO_INTERNAL) ? from : value(request, 3, n);
        String protocol = value(request, 5, n);
        if (is(With.NUMBERS_FOR_PROTOCOLS)) {
            protocol = protocol.equals("6") ? "TCP" : protocol.equals("17") ? "UDP" : "Both";
        }
        if (is(With.BOXES_FOR_PROTOCOLS)) {
            protocol = (request.has("t" + n) ? "TCP" : "") + (request.has("u" + n) ? "UDP" : "");
        }
        boolean on = is(With.ARRAY) || request.has(stem(6, n));
        String address = is(With.LAST_OCTET)
                ? (host.matches("0?") ? "" : "192.168.1." + host)
                : host.equals("0.0.0.0") ? "" : host;
        return new Entry(
                value(request, 0, n),
                from,
                to,
                in,
                address,
                protocol,
                on,
                is(With.EXTRA) ? request.get("sched" + n) : "kept");
    }

    private String form(List<Entry> rules) {
        StringBuilder body = new StringBuilder(
                "<script>function to_submit(F){ F.submit_button.value = 'Forward'; F.action.value = \"Apply\"; F.submit(); }"
                        + " function valid(F){ if (F.x.value == '') { alert('The port is invalid'); return false; } return true; }</script>");
        body.append("<form name=fw method=post action=apply.cgi>");
        body.append(Pages.hidden("submit_button", is(With.SCRIPTED_SAVE) ? "" : "Forward"));
        body.append(Pages.hidden("action", is(With.SCRIPTED_SAVE) ? "" : "Apply"));
        body.append("<table><tr><th colspan=7>").append(words.title).append("</th></tr>");
        body.append(is(With.TWO_ROWS) || is(With.NO_HEADER) ? "" : header());
        for (int n = 0; n < slots; n++) {
            Entry entry = n < rules.size()
                    ? rules.get(n)
                    : new Entry(
                            "",
                            is(With.ZEROS) ? "0" : "",
                            is(With.ZEROS) ? "0" : "",
                            is(With.ZEROS) ? "0" : "",
                            is(With.ZEROS) && !is(With.LAST_OCTET) ? "0.0.0.0" : "",
                            "TCP",
                            false,
                            "Always");
            body.append(is(With.TWO_ROWS) ? twoRows(entry, n) : slot(entry, n));
        }
        if (is(With.TEMPLATE_ROW)) {
            body.append(
                    "<tr style='display: none' id=template><td><input name=tpl_name></td><td><input name=tpl_port></td><td><input name=tpl_in></td><td><input name=tpl_ip></td><td></td><td></td></tr>");
        }
        body.append("</table>");
        body.append(
                is(With.SCRIPTED_SAVE)
                        ? "<input type=button value='" + words.save + "' onclick='to_submit(this.form)'>"
                        : "<input type=submit value='" + words.save + "'>");
        return Pages.document(
                words.title, body + "<input type=button value=Cancel onclick='location.reload()'></form>");
    }

    private String header() {
        List<String> cells = new ArrayList<>();
        if (is(With.GROUPED_HEADER)) {
            return "<tr><td rowspan=2>" + words.name + "</td><td colspan=2>" + words.external + "</td><td rowspan=2>"
                    + words.internal
                    + "</td><td rowspan=2>" + words.host + "</td><td rowspan=2>" + words.protocol
                    + "</td><td rowspan=2>" + words.enabled
                    + "</td></tr><tr><td>Start</td><td>End</td></tr>";
        }
        cells.add(words.name);
        cells.add(is(With.RANGE) ? words.start : words.external);
        if (is(With.RANGE)) {
            cells.add(words.end);
        }
        if (!is(With.NO_INTERNAL)) {
            cells.add(words.internal);
        }
        cells.add(words.host);
        if (is(With.BOXES_FOR_PROTOCOLS)) {
            cells.add("TCP");
            cells.add("UDP");
        } else {
            cells.add(words.protocol);
        }
        if (is(With.EXTRA)) {
            cells.add("Schedule");
        }
        cells.add(words.enabled);
        return Pages.row("th", cells.toArray(String[]::new));
    }

    private String field(int which, int n, String value) {
        String name = is(With.ARRAY) ? stems[which] : stem(which, n);
        String limit = which == 0 && is(With.SHORT_NAMES)
                ? " maxlength=12"
                : which == 4 && is(With.LAST_OCTET) ? " maxlength=3 size=3" : "";
        return "<input" + limit + " name=\"" + name + "\" value=\"" + Pages.html(value) + "\">";
    }

    private String protocol(Entry entry, int n) {
        String name = is(With.ARRAY) ? stems[5] : stem(5, n);
        if (is(With.NUMBERS_FOR_PROTOCOLS)) {
            String code =
                    entry.protocol().equals("TCP") ? "6" : entry.protocol().equals("UDP") ? "17" : "256";
            return Pages.select(name, code, "6=TCP", "17=UDP", "256=Both");
        }
        return Pages.select(name, entry.protocol(), "TCP=TCP", "UDP=UDP", "Both=Both");
    }

    private String host(Entry entry, int n) {
        return is(With.LAST_OCTET)
                ? "192.168.1."
                        + field(
                                4,
                                n,
                                entry.host().isEmpty() ? "0" : entry.host().substring("192.168.1.".length()))
                : field(4, n, entry.host());
    }

    private String slot(Entry entry, int n) {
        List<String> cells = new ArrayList<>();
        cells.add(field(0, n, entry.name()));
        cells.add(field(1, n, entry.from()));
        if (is(With.RANGE) || is(With.GROUPED_HEADER)) {
            cells.add(field(2, n, entry.to()));
        }
        if (!is(With.NO_INTERNAL)) {
            cells.add(field(3, n, entry.internal()));
        }
        cells.add(host(entry, n));
        if (is(With.BOXES_FOR_PROTOCOLS)) {
            cells.add(Pages.box("t" + n, entry.protocol().contains("TCP")));
            cells.add(Pages.box("u" + n, entry.protocol().contains("UDP")));
        } else {
            cells.add(protocol(entry, n));
        }
        if (is(With.EXTRA)) {
            cells.add(Pages.select("sched" + n, entry.extra(), "Always=Always", "kept=Weekend"));
        }
        cells.add(is(With.ARRAY) ? "" : Pages.box(stem(6, n), entry.on()));
        return Pages.row("td", cells.toArray(String[]::new));
    }

    private String twoRows(Entry entry, int n) {
        return "<tr><td rowspan=2>" + Pages.box(stem(6, n), entry.on()) + "</td><td>" + words.name + "<br>"
                + field(0, n, entry.name())
                + "</td><td>" + words.external + "<br>" + field(1, n, entry.from()) + "</td><td>" + words.protocol
                + "<br>" + protocol(entry, n)
                + "</td></tr><tr><td>" + words.host + "<br>" + field(4, n, entry.host()) + "</td><td>" + words.internal
                + "<br>"
                + field(3, n, entry.internal()) + "</td><td></td></tr>";
    }
}
