package dev.porthole.routers.profiles;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Entities;

/** DD-WRT's page of port forwardings: Basic, a Referer that must be there, rows that are made empty first. */
public final class FakeDdWrt extends FakeRouter {
    private static final List<String> FIELDS = List.of("name", "pro", "src", "from", "ip", "to", "enable");
    private static final Charset CHARSET = StandardCharsets.ISO_8859_1;

    private List<Map<String, String>> rows = new ArrayList<>();
    private final String authorization;

    public FakeDdWrt(String user, String password) throws IOException {
        authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        rows.add(row("ftp", "tcp", "", "21", "192.168.1.5", "21", "on"));
        rows.add(row("Sk\u00e4pe \"x\" <&> '+%", "both", "198.51.100.0/24", "9000", "192.168.1.6", "9000", "on"));
        rows.add(row("off", "udp", "", "3389", "192.168.1.6", "3389", ""));
    }

    private static Map<String, String> row(String... values) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < FIELDS.size(); i++) {
            row.put(FIELDS.get(i), values[i]);
        }
        return row;
    }

    public synchronized List<Map<String, String>> rules() {
        return rows.stream().filter(row -> !row.get("from").equals("0")).toList();
    }

    @Override
    protected void endSessions() {
        // There are none.
    }

    @Override
    protected Runnable undo() {
        List<Map<String, String>> before =
                new ArrayList<>(rows.stream().map(LinkedHashMap::new).toList());
        return () -> rows = before;
    }

    @Override
    protected boolean counts(Ask ask) {
        return !ask.path().equals("/");
    }

    @Override
    protected Answer answer(Ask ask) {
        if (ask.path().equals("/")) {
            return Answer.html("<title>DD-WRT (build 44715) - Info</title>", CHARSET);
        }
        if (!ask.header("Authorization").equals(authorization)) {
            if (!ask.header("Authorization").equals("null")) {
                countLogin();
            }
            return Answer.of(401, "text/html", "401").with("WWW-Authenticate", "Basic realm=\"DD-WRT\"");
        }
        if (ask.method().equals("POST")) {
            if (!ask.header("Referer").startsWith(uri() + "/")) {
                return Answer.of(400, "text/html", "Cross Site Action detected!");
            }
            post(form(ask.body()));
        }
        return Answer.html(page(), CHARSET);
    }

    private static Map<String, String> form(String body) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : body.split("&")) {
            int equals = pair.indexOf('=');
            fields.put(
                    URLDecoder.decode(pair.substring(0, equals), CHARSET),
                    URLDecoder.decode(pair.substring(equals + 1), CHARSET));
        }
        return fields;
    }

    private void post(Map<String, String> form) {
        if (!"ForwardSpec".equals(form.get("submit_button"))) {
            return;
        }
        String type = form.getOrDefault("submit_type", "");
        if ("gozila_cgi".equals(form.get("change_action")) && type.equals("add_forward_spec")) {
            rows.add(row("", "tcp", "", "0", "0.0.0.0", "0", ""));
        } else if ("gozila_cgi".equals(form.get("change_action")) && type.equals("del_forward_spec")) {
            rows.remove(Integer.parseInt(form.get("del_value")));
        } else if ("ApplyTake".equals(form.get("action"))) {
            for (int i = 0; i < rows.size(); i++) {
                for (String field : FIELDS) {
                    rows.get(i).put(field, form.getOrDefault(field + i, ""));
                }
            }
        }
    }

    private String page() {
        StringBuilder page = new StringBuilder("<form name=forward action=apply.cgi method=post>"
                + "<input type=hidden name=submit_button value=ForwardSpec><input type=hidden name=action>"
                + "<input type=hidden name=change_action><input type=hidden name=submit_type>"
                + "<input type=hidden name=forward_spec value=13><input type=hidden name=del_value><table>");
        for (int i = 0; i < rows.size(); i++) {
            Map<String, String> row = rows.get(i);
            page.append("<tr>");
            for (String field : List.of("name", "src", "from", "ip", "to")) {
                page.append("<td><input name=\"")
                        .append(field)
                        .append(i)
                        .append("\" value=\"")
                        .append(Entities.escape(row.get(field)).replace("\"", "&quot;"))
                        .append("\">");
            }
            page.append("<td><select name=pro")
                    .append(i)
                    .append('>')
                    .append(option("tcp", "TCP", row))
                    .append(option("udp", "UDP", row))
                    .append("<script type=\"text/javascript\">document.write(\"<option value=\\\"both\\\" ")
                    .append(row.get("pro").equals("both") ? "selected" : "")
                    .append(">\" + share.both + \"</option>\");</script></select>");
            page.append("<td><input type=checkbox name=enable")
                    .append(i)
                    .append(" value=on")
                    .append(row.get("enable").equals("on") ? " checked" : "")
                    .append('>');
        }
        return page + "</table><input type=button name=add_button value=Add></form>";
    }

    private static String option(String value, String words, Map<String, String> row) {
        return "<option value=" + value + (row.get("pro").equals(value) ? " selected=selected" : "") + ">" + words
                + "</option>";
    }
}
