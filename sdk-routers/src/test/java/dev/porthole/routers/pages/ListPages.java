package dev.porthole.routers.pages;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A router that lists rules as text, and enters and deletes them by links, buttons and forms of their own. */
public final class ListPages implements Pages {
    public enum With {
        /** Rules are entered on a page of their own. */
        ENTRY_PAGE,
        /** Rules are entered in the last row of the list. */
        ENTRY_ROW,
        DELETE_LINK,
        DELETE_IMAGE,
        DELETE_BOX,
        DELETE_RADIO,
        DELETE_BUTTON,
        /** Changes last only after Save. */
        APPLY,
        /** A token that is good for one form. */
        TOKEN,
        META_TOKEN,
        /** "Are you sure?" */
        QUESTION,
        RANGE,
        NO_INTERNAL,
        NUMBERS_FOR_PROTOCOLS,
        GET,
        MULTIPART,
        DIVS,
        NESTED,
        FRAMES,
        ENABLED,
        FOUR_OCTETS,
        PARTS,
        REFUSES_DUPLICATE_NAMES,
        NEEDS_REFERER,
        SCRIPTED_BUTTONS
    }

    private final Tongue words;
    private final Set<With> with;
    private int token = 1000;
    private Entry asked;

    public ListPages(Tongue words, With first, With... more) {
        this.words = words;
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
        return is(With.NO_INTERNAL)
                ? List.of(
                        Entry.of("WebServer", 8000, 8000, "192.168.1.20", "TCP"),
                        Entry.of("Game <1>", 27015, 27015, "192.168.1.30", "UDP"))
                : Pages.super.others();
    }

    @Override
    public String page(Request request, List<Entry> rules) {
        return switch (request.path()) {
            case "/" ->
                is(With.FRAMES)
                        ? "<html><head><title>R</title></head><frameset cols='20%,*'><frame src=menu.htm><frame src=status.htm></frameset></html>"
                        : menu();
            case "/index.htm", "/menu.htm" -> menu();
            case "/status.htm" ->
                Pages.document("Status", "<table><tr><td>WAN IP</td><td>203.0.113.5</td></tr></table>");
            case "/forward.htm" -> changed(request, rules);
            case "/entry.htm" -> Pages.document(words.title, entryForm());
            case "/reboot.cgi" -> throw new IllegalStateException("somebody followed a link that restarts the router");
            default -> null;
        };
    }

    private String menu() {
        return Pages.document(
                "Router",
                "<ul><li><a href=status.htm>Status</a><li><a href=/reboot.cgi>Reboot</a><li><a href=dhcp.htm>DHCP</a>"
                        + "<li><a href='forward.htm'>" + words.title + "</a><li><a href=logout.htm>Logout</a></ul>");
    }

    private String changed(Request request, List<Entry> rules) {
        boolean change = request.has("do");
        if (!change) {
            return list(rules, request);
        }
        if (is(With.TOKEN) && !request.get("token").equals("" + token)
                || is(With.META_TOKEN) && !request.token().equals("t" + token)
                || is(With.NEEDS_REFERER) && !request.referer().contains("htm")) {
            return Pages.document("Error", "Invalid request token");
        }
        token++;
        if (is(With.QUESTION) && !request.has("sure")) {
            asked = entered(request);
            return Pages.document(
                    "?",
                    "Are you sure?<form action=forward.htm method=post>" + Pages.hidden("do", request.get("do"))
                            + Pages.hidden("n", request.get("n")) + Pages.hidden("token", "" + token)
                            + "<input type=submit name=sure value=Yes> <input type=button value=No onclick='history.back()'></form>");
        }
        switch (request.get("do")) {
            case "add" -> {
                Entry made = is(With.QUESTION) ? asked : entered(request);
                if (is(With.REFUSES_DUPLICATE_NAMES)
                        && rules.stream().anyMatch(rule -> rule.name().equals(made.name()))) {
                    return Pages.document("Error", "The service name already exists.");
                }
                rules.add(made);
            }
            case "delete" -> {
                List<String> marked = request.has("mark") ? request.all("mark") : request.all("n");
                for (int i = marked.size() - 1; i >= 0; i--) {
                    rules.remove(Integer.parseInt(marked.get(i)));
                }
            }
            default -> {}
        }
        return list(rules, request);
    }

    private Entry entered(Request request) {
        String host = is(With.FOUR_OCTETS)
                ? String.join(
                        ".", List.of(request.get("ip1"), request.get("ip2"), request.get("ip3"), request.get("ip4")))
                : request.get("srv_ip");
        String from = request.get("ext");
        String protocol = switch (request.get("proto")) {
            case "1" -> "TCP";
            case "2" -> "UDP";
            default -> request.get("proto");
        };
        boolean on = !is(With.ENABLED) || request.get("on").equals("1");
        return new Entry(
                request.get("svc"),
                from,
                is(With.RANGE) ? request.get("extend") : from,
                is(With.NO_INTERNAL) ? from : request.get("int"),
                host,
                protocol,
                on,
                "");
    }

    private String tokens() {
        return is(With.TOKEN) ? Pages.hidden("token", "" + token) : "";
    }

    private String list(List<Entry> rules, Request request) {
        int first = is(With.PARTS) && request.has("part") ? Integer.parseInt(request.get("part")) * 2 : 0;
        int last = is(With.PARTS) ? Math.min(rules.size(), first + 2) : rules.size();
        StringBuilder body = new StringBuilder("<h2>" + words.title + "</h2>");
        boolean wrapped = is(With.DELETE_BOX) || is(With.DELETE_RADIO) || is(With.ENTRY_ROW) || is(With.APPLY);
        if (wrapped) {
            body.append("<form name=list action=forward.htm method=post>")
                    .append(tokens())
                    .append(
                            is(With.ENTRY_ROW)
                                    ? Pages.hidden("do", "add")
                                    : is(With.DELETE_BOX) || is(With.DELETE_RADIO)
                                            ? Pages.hidden("do", "delete")
                                            : Pages.hidden("do", "apply"));
        }
        StringBuilder rows = new StringBuilder();
        for (int i = first; i < last; i++) {
            rows.append(shown(rules.get(i), i));
        }
        body.append(table(header(), rows + (is(With.ENTRY_ROW) ? entryRow() : "")));
        if (is(With.DELETE_BOX) || is(With.DELETE_RADIO)) {
            body.append("<input type=submit name=del value='")
                    .append(words.delete)
                    .append("'>");
        }
        if (is(With.APPLY)) {
            body.append("<input type=submit name=apply value='")
                    .append(words.save)
                    .append("'>");
        }
        body.append(wrapped ? "</form>" : "");
        if (is(With.PARTS) && last < rules.size()) {
            body.append("<a href='forward.htm?part=").append(first / 2 + 1).append("'>Next</a>");
        }
        if (is(With.ENTRY_PAGE)) {
            body.append(
                    is(With.SCRIPTED_BUTTONS)
                            ? "<script>function addNew(){location.href='entry.htm';}</script><input type=button value='"
                                    + words.add + "' onclick='addNew()'>"
                            : "<a href='entry.htm'>" + words.add + "</a>");
        } else if (!is(With.ENTRY_ROW)) {
            body.append(entryForm());
        }
        String meta = is(With.META_TOKEN) ? "<meta name=csrf-token content=t" + token + ">" : "";
        return Pages.document(
                words.title,
                meta + (is(With.NESTED) ? "<table><tr><td>menu</td><td>" + body + "</td></tr></table>" : body));
    }

    private String table(String header, String rows) {
        return is(With.DIVS)
                ? "<div class=list>"
                        + (header + rows)
                                .replace("<tr>", "<div class=r>")
                                .replace("</tr>", "</div>")
                                .replaceAll("<t[dh]>", "<span>")
                                .replaceAll("</t[dh]>", "</span>")
                        + "</div>"
                : "<table border=1>" + header + rows + "</table>";
    }

    private String header() {
        StringBuilder cells = new StringBuilder("<tr>");
        if (is(With.DELETE_BOX) || is(With.DELETE_RADIO)) {
            cells.append("<td></td>");
        }
        for (String word : new String[] {
            words.name,
            is(With.RANGE) ? words.start : words.external,
            is(With.RANGE) ? words.end : "",
            is(With.NO_INTERNAL) ? "" : words.internal,
            words.host,
            words.protocol,
            is(With.ENABLED) ? words.enabled : ""
        }) {
            cells.append(word.isEmpty() ? "" : "<td>" + word + "</td>");
        }
        return cells
                + (is(With.DELETE_LINK) || is(With.DELETE_IMAGE) || is(With.DELETE_BUTTON) || is(With.ENTRY_ROW)
                        ? "<td></td>"
                        : "")
                + "</tr>";
    }

    private String shown(Entry rule, int n) {
        StringBuilder cells = new StringBuilder("<tr>");
        if (is(With.DELETE_BOX)) {
            cells.append("<td><input type=checkbox name=mark value=").append(n).append("></td>");
        } else if (is(With.DELETE_RADIO)) {
            cells.append("<td><input type=radio name=mark value=").append(n).append("></td>");
        }
        cells.append(cell(Pages.html(rule.name()))).append(cell(rule.from()));
        cells.append(is(With.RANGE) ? cell(rule.to()) : "");
        cells.append(is(With.NO_INTERNAL) ? "" : cell(rule.internal()));
        cells.append(cell(rule.host()));
        String code = rule.protocol().equals("TCP") ? "1" : rule.protocol().equals("UDP") ? "2" : "3";
        cells.append(cell(is(With.NUMBERS_FOR_PROTOCOLS) ? code : rule.protocol()));
        cells.append(
                is(With.ENABLED) ? cell(rule.on() ? "<img src=on.gif alt='ON'>" : "<img src=off.gif alt='OFF'>") : "");
        if (is(With.DELETE_LINK)) {
            cells.append(cell("<a href='forward.htm?do=delete&amp;n=" + n + "&amp;token=" + token + "'>" + words.delete
                    + "</a>"));
        } else if (is(With.DELETE_IMAGE)) {
            cells.append(cell("<a href='javascript:edit(" + n + ")'><img src=edit.gif></a><a href=\"javascript:delRow("
                    + n + ")\"><img src=delete.gif></a>"
                    + (n == 0
                            ? "<script>function delRow(i){if(!confirm('sure')) return false; document.df.n.value=i; document.df.submit();}</script>"
                            : "")));
        } else if (is(With.DELETE_BUTTON)) {
            cells.append(cell("<form action=forward.htm method=post>" + tokens() + Pages.hidden("do", "delete")
                    + Pages.hidden("n", "" + n) + "<input type=submit value='" + words.delete + "'></form>"));
        } else if (is(With.ENTRY_ROW)) {
            cells.append(cell("<button type=submit name=drop value=" + n
                    + ">edit</button> <a href='forward.htm?do=delete&n=" + n + "' title='" + words.delete + "'>x</a>"));
        }
        return cells + "</tr>" + (is(With.DELETE_IMAGE) && n == 0 ? "" : "");
    }

    private static String cell(String content) {
        return "<td>" + content + "</td>";
    }

    private String[] fields() {
        String host = is(With.FOUR_OCTETS)
                ? "<input name=ip1 size=3 maxlength=3>.<input name=ip2 size=3 maxlength=3>.<input name=ip3 maxlength=3>.<input name=ip4 maxlength=3>"
                : Pages.input("srv_ip", "");
        String protocol = is(With.NUMBERS_FOR_PROTOCOLS)
                ? Pages.select("proto", "3", "3=TCP/UDP", "1=TCP", "2=UDP")
                : Pages.select("proto", "TCP", "TCP=TCP", "UDP=UDP");
        return new String[] {
            Pages.input("svc", ""),
            Pages.input("ext", ""),
            is(With.RANGE) ? Pages.input("extend", "") : "",
            is(With.NO_INTERNAL) ? "" : Pages.input("int", ""),
            host,
            protocol,
            is(With.ENABLED) ? Pages.box("on", false) : ""
        };
    }

    private String entryRow() {
        StringBuilder cells = new StringBuilder("<tr>");
        for (String field : fields()) {
            cells.append(field.isEmpty() ? "" : cell(field));
        }
        return cells + cell("<input type=submit name=go value='" + words.add + "'>") + "</tr>";
    }

    private String entryForm() {
        String[] labels = {
            words.name,
            is(With.RANGE) ? words.start : words.external,
            words.end,
            words.internal,
            words.host,
            words.protocol,
            words.enabled
        };
        String[] fields = fields();
        StringBuilder body = new StringBuilder("<form name=entry action=forward.htm method="
                + (is(With.GET) ? "get" : "post") + (is(With.MULTIPART) ? " enctype='multipart/form-data'" : "") + ">"
                + tokens() + Pages.hidden("do", "add") + "<table>");
        for (int i = 0; i < fields.length; i++) {
            body.append(fields[i].isEmpty() ? "" : "<tr><td>" + labels[i] + ":</td><td>" + fields[i] + "</td></tr>");
        }
        String button = is(With.SCRIPTED_BUTTONS)
                ? "<script>function send(f){ if (f.svc.value == '') { alert('empty'); return false; } f.submit(); }</script>"
                        + "<input type=button value='" + words.save + "' onclick='send(this.form)'>"
                : "<input type=submit name=go value='" + (is(With.ENTRY_PAGE) ? words.save : words.add) + "'>";
        String extra = is(With.DELETE_IMAGE)
                ? "<form name=df action=forward.htm method=post>" + tokens() + Pages.hidden("do", "delete")
                        + Pages.hidden("n", "") + "</form>"
                : "";
        return body + "</table>" + button + "<input type=reset value=Reset></form>"
                + (is(With.ENTRY_PAGE) ? "" : extra);
    }
}
