package dev.porthole.routers.internal.table;

import dev.porthole.Deadline;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.routers.internal.RouterRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Short ways to read pages in tests. */
final class Read {
    private Read() {}

    static Page page(String html) throws NotUnderstoodException {
        return Page.parse(
                html,
                URI.create("http://192.168.1.1/adv/fw.htm"),
                StandardCharsets.UTF_8,
                Deadline.after(Duration.ofSeconds(30)));
    }

    static UnderstoodTable table(String html) throws NotUnderstoodException {
        return TableReader.read(page(html));
    }

    /** The rules in short: {@code name ext>int host TCP+UDP on}. */
    static List<String> rules(String html) throws NotUnderstoodException {
        return rules(table(html));
    }

    static List<String> rules(UnderstoodTable table) {
        return table.in(TableRow.State.RULE).stream()
                .flatMap(row -> row.rules().stream())
                .map(rule -> (rule.name() + " " + rule.external() + ">" + rule.internal() + " " + rule.host() + " "
                                + rule.protocols().stream()
                                        .sorted()
                                        .map(Enum::name)
                                        .collect(Collectors.joining("+"))
                                + (rule.enabled() ? "" : " off")
                                + (rule.source().isEmpty() ? "" : " from " + rule.source()))
                        .strip())
                .toList();
    }

    static Wanted wanted(int external, int internal) {
        return new Wanted("porthole:door:http", external, internal, "192.168.1.77", TransportProtocol.TCP, "");
    }

    /** What a request sends, decoded: method, path and fields. */
    static String sent(RouterRequest request) {
        String body = request.body()
                .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
                .orElse("");
        String target = URI.create(request.target()).getRawPath()
                + (URI.create(request.target()).getRawQuery() == null
                        ? ""
                        : "?" + URI.create(request.target()).getRawQuery());
        return (request.body().isPresent() ? "POST " : "GET ")
                + URLDecoder.decode(target + (body.isEmpty() ? "" : " " + body), StandardCharsets.UTF_8);
    }
}
