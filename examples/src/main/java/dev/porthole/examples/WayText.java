package dev.porthole.examples;

import dev.porthole.diagnose.Hop;
import dev.porthole.examples.Way.Lane;
import dev.porthole.examples.Way.Place;
import dev.porthole.examples.Way.State;
import java.util.ArrayList;
import java.util.List;

/**
 * The way from the vantage to the cameras in characters, 80 columns wide, or a place wider where a relay is in between. The
 * broken place is an X.
 */
final class WayText {
    private static final int WIDTH = 80;
    private static final int LEFT = 14;
    private static final int COLUMN = 17;

    private final Way way;

    WayText(Way way) {
        this.way = way;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        StringBuilder names = new StringBuilder(" ".repeat(LEFT));
        StringBuilder addresses = new StringBuilder(" ".repeat(LEFT));
        for (Place place : way.places().values()) {
            names.append(cell(place.name(), COLUMN));
            addresses.append(cell(place.address(), COLUMN));
        }
        lines.add(names.toString().stripTrailing());
        lines.add(addresses.toString().stripTrailing());
        for (Lane lane : way.lanes()) {
            lines.add(lane(lane));
            lines.add(outcome(lane));
        }
        return lines;
    }

    /** Under the broken place, as far as the width allows. */
    private String outcome(Lane lane) {
        int column = LEFT;
        for (int i = 0; i < way.hops().size(); i++) {
            if (lane.at(way.hops().get(i)) == State.BROKEN) {
                column = LEFT + COLUMN * i;
            }
        }
        return " ".repeat(Math.max(0, Math.min(column, WIDTH - lane.outcome().length()))) + lane.outcome();
    }

    private String lane(Lane lane) {
        StringBuilder line = new StringBuilder(cell(lane.label(), LEFT));
        List<Hop> hops = way.hops();
        for (int i = 0; i < hops.size(); i++) {
            line.append(mark(lane.at(hops.get(i))));
            if (i < hops.size() - 1) {
                String words = hops.get(i) == Hop.GATEWAY ? " " + lane.external() + " " : "";
                line.append(stretch(lane.at(hops.get(i + 1)), words));
            }
        }
        return line.toString();
    }

    /** Between two places: as far as the place on its right, from where the connection comes, let it. */
    private static String stretch(State right, String words) {
        String pattern = switch (right) {
            case PASSED -> "=";
            case UNKNOWN -> "?";
            case BROKEN, NOT_REACHED -> ".";
        };
        int fill = Math.max(0, COLUMN - 1 - words.length());
        int before = Math.min(2, fill);
        return pattern.repeat(before) + words + pattern.repeat(fill - before);
    }

    private static char mark(State state) {
        return switch (state) {
            case PASSED -> 'o';
            case BROKEN -> 'X';
            case NOT_REACHED -> '.';
            case UNKNOWN -> '?';
        };
    }

    private static String cell(String text, int width) {
        return text.length() < width ? text + " ".repeat(width - text.length()) : text.substring(0, width - 1) + " ";
    }
}
