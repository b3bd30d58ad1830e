package dev.porthole.examples;

import dev.porthole.diagnose.Finding;
import dev.porthole.event.PortholeListener;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.PortMapping;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows the current step on standard error: on a terminal in one line that is overwritten, else line by line. Keeps what
 * was released and found out, for the message after an interruption. Used by the thread that works.
 */
final class ProgressLine implements PortholeListener {
    private static final String ERASE_LINE = "\r\u001b[K";
    /** A longer line would wrap and could not be erased. */
    private static final int WIDTH = 79;

    private final PrintStream err;
    private final boolean terminal;
    private final List<PortMapping> released = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private boolean shown;
    private boolean over;

    ProgressLine(Session session) {
        err = session.err();
        terminal = session.terminal();
    }

    @Override
    public void progress(String step) {
        if (over) {
            return;
        }
        String line = Words.plain(step) + " ...";
        if (terminal) {
            err.print(ERASE_LINE + (line.length() <= WIDTH ? line : line.substring(0, WIDTH)));
            err.flush();
            shown = true;
        } else {
            err.println(line);
        }
    }

    @Override
    public void released(Gateway gateway, PortMapping mapping) {
        if (!over) {
            released.add(mapping);
        }
    }

    @Override
    public void found(Finding finding) {
        if (!over) {
            findings.add(finding);
        }
    }

    /** The mappings that were released, also by rolling back. */
    List<PortMapping> released() {
        return released;
    }

    /** What was found out. */
    List<Finding> findings() {
        return findings;
    }

    /** The answer is given: what a command that stays does from now on is neither shown nor kept. */
    void end() {
        clear();
        over = true;
    }

    /** Removes the line, so that what follows stands alone. */
    void clear() {
        if (shown) {
            err.print(ERASE_LINE);
            err.flush();
            shown = false;
        }
    }
}
