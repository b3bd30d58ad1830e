package dev.porthole.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.Camera;
import dev.porthole.CameraBrand;
import dev.porthole.CameraService;
import dev.porthole.plan.PortPolicy;
import dev.porthole.relay.Relay;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CameraFileTest {
    @TempDir
    Path directory;

    private List<Camera> read(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("cameras.yaml"), text);
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream());
        Session session = new Session(
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                false,
                List::of,
                Relay::builder,
                builder -> {},
                porthole -> Optional.empty());
        return new CameraFile(session, file.toString()).cameras();
    }

    @Test
    void everything_can_be_said_of_a_camera() throws IOException {
        Files.writeString(directory.resolve("secret"), "correct horse\n");
        Camera camera = read("""
                # The front of the house.
                cameras:
                  - host: 192.168.69.110
                    name: front-door
                    nvr: true
                    brand: hikvision
                    http: 8080
                    https: 443
                    rtsp: 5554
                    rtsp-path: /live
                    user: viewer
                    password-file: secret
                    policy: same
                    external:
                      rtsp: 8889
                """).get(0);
        assertThat(camera.name()).isEqualTo("front-door");
        assertThat(camera.kind()).isEqualTo(Camera.Kind.NVR);
        assertThat(camera.brand()).isEqualTo(CameraBrand.HIKVISION);
        assertThat(camera.services()).extracting(CameraService::port).containsExactly(8080, 443, 5554);
        assertThat(camera.services().get(2).path()).isEqualTo("/live");
        assertThat(camera.services().get(0).policy()).isEqualTo(PortPolicy.sameAsInternal());
        assertThat(camera.services().get(2).policy()).isEqualTo(PortPolicy.manual(8889));
        String password = camera.credentials().orElseThrow().password().use(String::new);
        assertThat(password).isEqualTo("correct horse");
    }

    @Test
    void a_host_is_enough() throws IOException {
        Camera camera = read("cameras: [{host: 192.168.69.110}]").get(0);
        assertThat(camera.name()).isEqualTo("192.168.69.110");
        assertThat(camera.services()).extracting(CameraService::name).containsExactly("http", "rtsp");
    }

    @Test
    void a_service_can_be_left_out() throws IOException {
        Camera camera = read("cameras: [{host: 192.168.69.110, http: false}]").get(0);
        assertThat(camera.services()).extracting(CameraService::name).containsExactly("rtsp");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | the file is empty",
                "'cameras:\n  - host: [' | this is not YAML",
                "'cameras:\n\t- host: a' | line 2: this is not YAML",
                "'a: 1\n---\nb: 2' | this is not YAML",
                "'[]' | line 1: here must be a mapping with keys out of cameras",
                "'camera: []' | line 1: the key 'camera' is not known; known are cameras",
                "'{}' | the key 'cameras' is missing",
                "'cameras:' | line 1: here must be a list",
                "'cameras: []' | the list of cameras is empty",
                "'cameras:\n  - 192.168.69.110' | line 2: here must be a mapping",
                "'cameras:\n  - name: x' | line 2: a camera has no host",
                "'cameras:\n  - host: 192.168.69.110\n    hots: x' | line 3: the key 'hots' is not known",
                "'cameras:\n  - host: 192.168.69.110\n    password: x' | line 3: the key 'password' is not known; known are",
                "'cameras:\n  - host: 192.168.69.110\n    host: 1.2.3.4' | line 3: the key 'host' is there twice",
                "'cameras:\n  - host: 300.1.1.1' | line 2, host: '300.1.1.1' is not an IP address",
                "'cameras:\n  - host:' | line 2: here must be a value",
                "'cameras:\n  - host: [1]' | line 2: here must be a value",
                "'cameras:\n  - host: 192.168.69.110\n    http: eighty' | line 3, http: 'eighty' is not a port",
                "'cameras:\n  - host: 192.168.69.110\n    http: 0x50' | line 3, http: '0x50' is not a port",
                "'cameras:\n  - host: 192.168.69.110\n    http: true' | line 3, http: give the port, such as 80, or false",
                "'cameras:\n  - host: 192.168.69.110\n    nvr: 1' | line 3: here must be true or false",
                "'cameras:\n  - host: 192.168.69.110\n    policy: x' | line 3, policy: 'x' is not a policy",
                "'cameras:\n  - host: 192.168.69.110\n    policy: manual' | line 2: the policy 'manual' needs",
                "'cameras:\n  - host: 192.168.69.110\n    policy: manual' | external: {http: 8888} and external: {rtsp: 8889}",
                "'cameras:\n  - host: 192.168.69.110\n    external: {ftp: 21}' | line 3: the key 'ftp' is not known",
                "'cameras:\n  - host: 192.168.69.110\n    external: {rtsp: x}' | line 3, rtsp: 'x' is not a port",
                "'cameras:\n  - host: 192.168.69.110\n    user: x' | line 2: there is a user without a password file",
                "'cameras:\n  - host: 192.168.69.110\n    password-file: none' | line 3, password-file: there is no file",
                "'cameras:\n  - host: 192.168.69.110\n    password-file: \"-\"' | line 3, password-file: standard input serves",
                "'cameras:\n  - host: 192.168.69.110\n  - host: 192.168.69.110' | line 3: a camera called '192.168.69.110' is on line 2",
                "'cameras: !!java.net.URL [x]' | here must be a mapping",
                "'cameras: &a [*a]' | here must be a mapping",
            })
    void what_is_wrong_is_told_with_its_line(String text, String expected) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("cameras.yaml")
                .hasMessageContaining(expected);
    }

    @Test
    void deep_nesting_is_refused_before_it_hurts() {
        assertThatThrownBy(() -> read("[".repeat(100_000)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("nested too deeply");
    }

    @Test
    void a_file_that_is_too_large_is_refused() {
        assertThatThrownBy(() -> read("#".repeat(1 << 21)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("larger than 1 MiB");
    }

    @Test
    void a_thousand_cameras_are_read() throws IOException {
        StringBuilder text = new StringBuilder("cameras:\n");
        for (int i = 0; i < 1000; i++) {
            text.append("  - {host: 10.0.")
                    .append(i / 250)
                    .append('.')
                    .append(i % 250 + 1)
                    .append("}\n");
        }
        assertThat(read(text.toString())).hasSize(1000);
    }
}
