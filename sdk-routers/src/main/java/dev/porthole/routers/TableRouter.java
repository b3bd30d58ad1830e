package dev.porthole.routers;

import dev.porthole.routers.internal.RouterDriver;
import dev.porthole.routers.internal.table.TableDriver;

/**
 * Any router whose web pages hold a table of port mappings ("Service name / Start port / End port / Server IP Address" and
 * its relatives, in some twenty languages): the page is found by its links, the table by its words and values, and rules are
 * typed in as a person would. No script of a page is run; a page that needs one is refused (NEEDS_SCRIPT), and so is a
 * table that can be read in two ways (AMBIGUOUS_TABLE). Immutable.
 *
 * <p>{@link WebRouter#explain} tells how a router's table was read.
 */
public final class TableRouter extends RouterBrand {
    private TableRouter() {
        super("table");
    }

    /**
     * The brand {@code table}.
     *
     * @return the brand
     */
    public static TableRouter any() {
        return new TableRouter();
    }

    @Override
    RouterDriver driver() {
        return new TableDriver();
    }
}
