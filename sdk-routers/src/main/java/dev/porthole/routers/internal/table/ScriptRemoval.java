package dev.porthole.routers.internal.table;

import dev.porthole.routers.internal.RouterRequest;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/**
 * Removes a row of a list that a script prints: by the address that the script puts on each row, where it ends in the
 * row's number and the loop that prints the rows starts at zero. Anything less certain could delete another's rule.
 */
final class ScriptRemoval {
    private static final Pattern LINK = Pattern.compile(
            "[\"']([^\"'\\s]{0,120}[?&](?i:del|delete|remove|rm|erase)[A-Za-z_]*=)[\"']?\\s*\\+\\s*([A-Za-z_]\\w*)\\s*"
                    + "(?:\\+\\s*[\"'](&[A-Za-z_]+=[A-Za-z0-9]*)[\"'])?");

    private ScriptRemoval() {}

    static RouterRequest of(UnderstoodTable table, TableRow row) throws NotUnderstoodException {
        Page page = table.page();
        StringBuilder text = new StringBuilder();
        for (Element script : page.document().getElementsByTag("script")) {
            text.append(script.data()).append('\n');
        }
        Matcher matcher = LINK.matcher(text);
        boolean fromZero = Pattern.compile("for\\s*\\(\\s*(?:var\\s+)?\\w+\\s*=\\s*0\\s*;")
                .matcher(text)
                .find();
        if (!fromZero || !matcher.find() || matcher.find()) {
            throw NotUnderstoodException.needsScript(
                    "the rows of " + page.name() + " are printed by a script, and nothing tells how one is deleted");
        }
        matcher.reset();
        matcher.find();
        String tail = matcher.group(3) == null ? "" : matcher.group(3);
        String reference = matcher.group(1).replaceFirst("^.*(?:href=|href\\s*=\\s*)\\\\?", "") + row.index() + tail;
        return List.of(reference).stream()
                .flatMap(one -> page.resolve(one).stream())
                .map(uri -> Press.get(page, uri))
                .findFirst()
                .orElseThrow(() -> NotUnderstoodException.needsScript("the link that deletes a row leads elsewhere"));
    }
}
