package dev.porthole.bench.turns;

import dev.porthole.Credentials;
import dev.porthole.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The home in which the laboratory runs us.
 *
 * @param camera the camera's LAN address
 * @param external the router's external address
 * @param description where the router's description is
 * @param user the camera's login
 * @param passwordFile the file with the camera's password
 */
public record Home(String camera, String external, String description, String user, String passwordFile) {
    /** Reads the laboratory's variables. */
    public static Home fromEnvironment() {
        return new Home(
                variable("PORTHOLE_LAB_CAMERA"),
                variable("PORTHOLE_LAB_EXTERNAL"),
                variable("PORTHOLE_LAB_ROUTER_DESCRIPTION"),
                variable("PORTHOLE_LAB_CAMERA_USER"),
                variable("PORTHOLE_LAB_CAMERA_PASSWORD_FILE"));
    }

    /**
     * One of the laboratory's variables.
     *
     * @param name its name
     * @return its value
     * @throws IllegalStateException where it is not set: this does not run in a home that has it
     */
    public static String variable(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set: run this by bench/run, or by lab/run --with HOME --");
        }
        return value;
    }

    /**
     * The camera's password.
     *
     * @return the first line of its file
     * @throws IOException where it cannot be read
     */
    public String password() throws IOException {
        return Files.readAllLines(Path.of(passwordFile)).get(0);
    }

    /**
     * The camera's account.
     *
     * @return user and password
     * @throws IOException where the password cannot be read
     */
    public Credentials credentials() throws IOException {
        return new Credentials(user, Secret.of(password()));
    }
}
