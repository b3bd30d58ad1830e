package dev.porthole.routers.internal.table;

import dev.porthole.Deadline;
import dev.porthole.http.internal.HeaderFields;
import dev.porthole.routers.internal.RouterReply;
import dev.porthole.routers.internal.RouterUrl;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Any bytes as a router's page: it is understood, or said not to be. */
public final class TableFuzz {
    private static final URI PLACE = URI.create("http://192.168.1.1/adv/fw.htm");

    private TableFuzz() {}

    /** What {@code fuzz/run} calls. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        RouterUrl url = RouterUrl.parse(PLACE.toString()).orElseThrow();
        RouterReply reply = new RouterReply(url, 200, HeaderFields.NONE, bytes);
        try {
            exercise(Page.parse(reply.text(), PLACE, reply.charset(), Deadline.after(Duration.ofSeconds(30))));
        } catch (NotUnderstoodException e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new AssertionError("a refusal without a reason", e);
            }
        }
    }

    /** Reads, writes and looks for links, whatever comes of it. */
    static void exercise(Page page) throws NotUnderstoodException {
        Links.of(page);
        LoginForm.in(page);
        Answer.error(page);
        Answer.question(page);
        Paging.next(page);
        EntryForm.in(page, List.of());
        UnderstoodTable table = TableReader.read(page);
        table.explanation();
        TableEditor editor = new TableEditor(table);
        editor.addToRows(Read.wanted(8081, 80));
        editor.openEntryPage();
        for (TableRow row : table.in(TableRow.State.RULE)) {
            editor.remove(row);
        }
    }
}
