package dev.porthole.examples;

import dev.porthole.diagnose.Hop;
import dev.porthole.examples.Way.Lane;
import dev.porthole.examples.Way.Place;
import dev.porthole.examples.Way.State;
import java.util.List;
import java.util.Locale;

/** The way from the vantage to the cameras as a drawing (SVG 1.1, no script, no reference to anything outside). */
final class WayDrawing {
    private static final int LEFT = 150;
    private static final int COLUMN = 210;
    private static final int TOP = 96;
    private static final int LANE = 64;
    private static final int BOX = 150;

    private final Way way;
    private final StringBuilder svg = new StringBuilder();

    WayDrawing(Way way) {
        this.way = way;
    }

    String svg() {
        int width = LEFT + COLUMN * way.hops().size();
        int height = TOP + LANE * way.lanes().size() + 16;
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        + " font-family=\"Helvetica, Arial, sans-serif\" font-size=\"14\">",
                width, height, width, height);
        add("<title>The way from outside to the camera</title>");
        add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", width, height);
        for (Hop hop : way.hops()) {
            place(hop, height);
        }
        for (int i = 0; i < way.lanes().size(); i++) {
            lane(way.lanes().get(i), TOP + LANE * i + LANE / 2);
        }
        return svg.append("</svg>\n").toString();
    }

    private void place(Hop hop, int height) {
        Place place = way.places().getOrDefault(hop, new Place("", ""));
        int x = x(hop);
        boolean broken = way.lanes().stream().anyMatch(lane -> lane.at(hop) == State.BROKEN);
        add(
                "<rect x=\"%d\" y=\"12\" width=\"%d\" height=\"%d\" rx=\"8\" fill=\"%s\" stroke=\"%s\"/>",
                x - BOX / 2, BOX, height - 24, broken ? "#fdecea" : "#f4f6f8", broken ? "#c62828" : "#b0bec5");
        text(x, 38, "middle", "bold", "#263238", place.name());
        text(x, 60, "middle", "normal", "#546e7a", place.address());
    }

    private void lane(Lane lane, int y) {
        text(12, y + 5, "start", "bold", "#263238", lane.label());
        List<Hop> hops = way.hops();
        for (int i = 0; i < hops.size() - 1; i++) {
            line(x(hops.get(i)), x(hops.get(i + 1)), y, lane.at(hops.get(i + 1)));
        }
        int middle = (x(Hop.GATEWAY) + x(Hop.PROVIDER)) / 2;
        text(middle, y - 8, "middle", "normal", "#546e7a", lane.external());
        for (Hop hop : hops) {
            mark(x(hop), y, lane.at(hop));
        }
        boolean reached = !lane.states().containsValue(State.BROKEN)
                && !lane.states().containsValue(State.UNKNOWN)
                && !lane.states().containsValue(State.NOT_REACHED);
        Hop where = brokenAt(lane);
        text(x(where), y + 26, "middle", "bold", reached ? "#2e7d32" : "#c62828", lane.outcome());
    }

    private static Hop brokenAt(Lane lane) {
        for (Hop hop : Hop.values()) {
            if (lane.at(hop) == State.BROKEN) {
                return hop;
            }
        }
        return Hop.CAMERA;
    }

    private void line(int from, int to, int y, State state) {
        String colour = state == State.PASSED ? "#2e7d32" : "#9e9e9e";
        String dashes = state == State.PASSED ? "" : " stroke-dasharray=\"3 7\"";
        add(
                "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"4\"%s/>",
                from, y, to, y, colour, dashes);
    }

    private void mark(int x, int y, State state) {
        switch (state) {
            case PASSED -> add("<circle cx=\"%d\" cy=\"%d\" r=\"8\" fill=\"#2e7d32\"/>", x, y);
            case BROKEN -> {
                add("<circle cx=\"%d\" cy=\"%d\" r=\"14\" fill=\"#c62828\"/>", x, y);
                add(
                        "<path d=\"M %d %d l 12 12 m 0 -12 l -12 12\" stroke=\"#ffffff\" stroke-width=\"3\"/>",
                        x - 6, y - 6);
            }
            case NOT_REACHED -> add("<circle cx=\"%d\" cy=\"%d\" r=\"7\" fill=\"#ffffff\" stroke=\"#9e9e9e\"/>", x, y);
            case UNKNOWN -> {
                add("<circle cx=\"%d\" cy=\"%d\" r=\"11\" fill=\"#ffffff\" stroke=\"#9e9e9e\"/>", x, y);
                text(x, y + 5, "middle", "bold", "#616161", "?");
            }
        }
    }

    private int x(Hop hop) {
        return LEFT + COLUMN / 2 + COLUMN * way.hops().indexOf(hop);
    }

    private void text(int x, int y, String anchor, String weight, String colour, String words) {
        add(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-weight=\"%s\" fill=\"%s\">%s</text>",
                x, y, anchor, weight, colour, escaped(words));
    }

    /** Addresses and names come from devices and from the user: no mark-up, no control characters. */
    private static String escaped(String words) {
        return Words.plain(words)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
