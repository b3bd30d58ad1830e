package dev.porthole.bench.upnp;

import java.util.ArrayList;
import java.util.List;

/**
 * The mappings that are to be made, all to one camera.
 *
 * @param camera its LAN address
 */
record Wishes(String camera) {
    private static final int ADDS = 200;
    private static final int FIRST_OF_ADDS = 22_000;
    private static final int FIRST_INTERNAL = 1_000;
    private static final int FIRST_OF_TABLE = 30_000;

    /** The mappings that a task makes. */
    List<Wish> of(Task task) {
        return switch (task) {
            case CAMERA -> List.of(new Wish(21_080, camera, 80), new Wish(21_554, camera, 554));
            case ADDS, ADDS_READ_BACK -> row(ADDS, FIRST_OF_ADDS);
            case DISCOVER, EXTERNAL_ADDRESS, LIST -> List.of();
        };
    }

    /** Mappings that fill the table for {@link Task#LIST}. */
    List<Wish> table(int entries) {
        return row(entries, FIRST_OF_TABLE);
    }

    private List<Wish> row(int count, int first) {
        List<Wish> wishes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            wishes.add(new Wish(first + i, camera, FIRST_INTERNAL + i));
        }
        return wishes;
    }
}
