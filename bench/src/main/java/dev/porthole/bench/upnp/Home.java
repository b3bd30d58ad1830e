package dev.porthole.bench.upnp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The home in which the laboratory runs us.
 *
 * @param camera the camera's LAN address
 * @param external the router's external address
 * @param description where the router's description is
 * @param user the camera's login
 * @param passwordFile the file with the camera's password
 */
record Home(String camera, String external, String description, String user, String passwordFile) {
    private static final int ADDS = 200;
    private static final int FIRST_OF_ADDS = 22_000;
    private static final int FIRST_INTERNAL = 1_000;
    private static final int FIRST_OF_TABLE = 30_000;

    /** Reads the laboratory's variables. */
    static Home fromEnvironment() {
        Map<String, String> environment = System.getenv();
        return new Home(
                value(environment, "PORTHOLE_LAB_CAMERA"),
                value(environment, "PORTHOLE_LAB_EXTERNAL"),
                value(environment, "PORTHOLE_LAB_ROUTER_DESCRIPTION"),
                value(environment, "PORTHOLE_LAB_CAMERA_USER"),
                value(environment, "PORTHOLE_LAB_CAMERA_PASSWORD_FILE"));
    }

    private static String value(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set: run this by bench/run, or by lab/run --with base --");
        }
        return value;
    }

    /** The mappings that a task makes. */
    List<Wish> wishes(Task task) {
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
