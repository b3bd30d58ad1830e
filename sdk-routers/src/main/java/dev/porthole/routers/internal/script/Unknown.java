package dev.porthole.routers.internal.script;

import java.util.ArrayList;
import java.util.List;

/**
 * A value that the page does not tell: something of the browser's, or of a script in another file.
 *
 * @param path how the script comes to it: names, and what is called with, in brackets
 */
record Unknown(List<String> path) {
    Unknown {
        path = List.copyOf(path);
    }

    Unknown member(String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return new Unknown(longer.size() > 12 ? longer.subList(0, 12) : longer);
    }

    /** What it is called: the words of a label whose text stands in another file. */
    String words() {
        String last = path.isEmpty() ? "" : path.get(path.size() - 1);
        return last.replaceAll("^\\(|\\)$", "")
                .replaceAll("([a-z0-9])([A-Z])", "$1 $2")
                .replace('_', ' ')
                .strip();
    }
}
