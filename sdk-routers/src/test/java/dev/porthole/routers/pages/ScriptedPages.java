package dev.porthole.routers.pages;

import java.util.List;

/** A router whose page writes its list by a script from a data file, and whose buttons call a function of another file. */
public final class ScriptedPages implements Pages {
    private static final String WORDS =
            "var words = {name: 'Service', ext: 'External port', inner: 'Internal port', ip: 'IP address',"
                    + " proto: 'Protocol'};\nfunction say(text) { document.write(text); }\nfunction apply(F) { F.done.value = 'yes'; F.submit(); }\n";

    private static final String PAGE = Pages.document(
            "Port Forwarding",
            "<script src=common.js></script><script src='data.js'></script><script>function del(F, i) { F.act.value = 'del'; F.row.value = i; apply(F); }\n"
                    + "function add(F) { if (F.ip.value == '') { alert('Enter an address'); return false; } F.act.value = 'add'; apply(F); }</script>"
                    + "<form name=list action=fwd.htm method=post><input type=hidden name=act><input type=hidden name=row><input type=hidden name=done value=no><table><tr><th><script>say(words.name)</script></th>"
                    + "<th><script>say(words.ext)</script></th><th><script>say(words.inner)</script></th><th><script>say(words.ip)</script></th><th><script>say(words.proto)</script></th><th></th></tr>\n"
                    + "<script>for (var i = 0; i < rules.length; i++) { var r = rules[i].split('\\t');\n document.write('<tr><td>' + r[0] + '</td><td>' + r[1] + '</td><td>' + r[2] + '</td><td>' + r[3] + '</td><td>' + r[4] + '</td>');\n"
                    + " document.write('<td><input type=button value=Delete onclick=\"del(this.form,' + i + ')\"></td></tr>'); }</script>"
                    + "</table></form><form name=entry action=fwd.htm method=post><input type=hidden name=act><input type=hidden name=done value=no><table>"
                    + Pages.row("td", "Service", Pages.input("name", ""))
                    + Pages.row("td", "External port", Pages.input("ext", ""))
                    + Pages.row("td", "Internal port", Pages.input("inner", ""))
                    + Pages.row("td", "IP address", Pages.input("ip", ""))
                    + Pages.row("td", "Protocol", Pages.select("proto", "TCP", "TCP=TCP", "UDP=UDP"))
                    + "</table><input type=button value=Add onclick='add(this.form)'></form>");

    @Override
    public String page(Request request, List<Entry> rules) {
        return switch (request.path()) {
            case "/", "/index.htm" -> Pages.document("Router", "<a href=fwd.htm>Port Forwarding</a>");
            case "/common.js" -> WORDS;
            case "/data.js" -> data(rules);
            case "/fwd.htm" -> {
                change(request, rules);
                yield PAGE;
            }
            default -> null;
        };
    }

    private static void change(Request request, List<Entry> rules) {
        if (!request.post() || !request.get("done").equals("yes")) {
            return;
        }
        if (request.get("act").equals("del")) {
            rules.remove(Integer.parseInt(request.get("row")));
        } else {
            rules.add(new Entry(
                    request.get("name"),
                    request.get("ext"),
                    request.get("ext"),
                    request.get("inner"),
                    request.get("ip"),
                    request.get("proto"),
                    true,
                    "kept"));
        }
    }

    private static String data(List<Entry> rules) {
        StringBuilder data = new StringBuilder("var rules = [];\n");
        for (Entry rule : rules) {
            String row = String.join(
                    "\\t", Pages.html(rule.name()), rule.from(), rule.internal(), rule.host(), rule.protocol());
            data.append("rules.push('").append(row).append("');\n");
        }
        return data.toString();
    }
}
