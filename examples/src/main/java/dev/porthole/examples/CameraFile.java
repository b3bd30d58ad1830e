package dev.porthole.examples;

import dev.porthole.Camera;
import dev.porthole.reach.Target.Scheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The file of {@code --cameras}:
 *
 * <pre>{@code
 * cameras:
 *   - host: 192.168.69.110
 *     name: front-door
 *     brand: milesight
 *     user: viewer
 *     password-file: front-door.password
 *     external: {http: 8888, rtsp: 8889}
 *   - host: 192.168.69.111
 *     http: false
 *     policy: same
 * }</pre>
 */
final class CameraFile {
    /** A thousand cameras with every key take a quarter of this. */
    private static final int MOST_BYTES = 1 << 20;

    private static final List<String> KEYS = List.of(
            "host",
            "name",
            "nvr",
            "brand",
            "http",
            "https",
            "rtsp",
            "rtsp-path",
            "user",
            "password-file",
            "policy",
            "external");
    private static final List<String> SERVICES =
            CameraDescription.SERVICES.stream().map(Scheme::id).toList();

    private final Session session;
    private final String file;

    /**
     * A file that is not read yet.
     *
     * @param session for warnings about password files
     * @param file its path as the user gave it
     */
    CameraFile(Session session, String file) {
        this.session = session;
        this.file = file;
    }

    /** Reads the file; password files are looked for beside it. */
    List<Camera> cameras() {
        YamlNode root = YamlNode.parse(Words.plain(file), text());
        List<Camera> cameras = new ArrayList<>();
        Map<String, YamlNode> names = new HashMap<>();
        for (YamlNode entry : root.field("cameras", List.of("cameras")).items()) {
            Camera camera = camera(entry);
            YamlNode other = names.putIfAbsent(camera.name(), entry);
            if (other != null) {
                throw entry.invalid("a camera called " + Words.quoted(camera.name()) + " is on line " + other.line()
                        + " already; give each a name of its own");
            }
            cameras.add(camera);
        }
        if (cameras.isEmpty()) {
            throw root.invalid("the list of cameras is empty; add one such as {host: 192.168.69.110}");
        }
        return cameras;
    }

    private Camera camera(YamlNode entry) {
        Map<String, YamlNode> fields = entry.fields(KEYS);
        YamlNode host = fields.get("host");
        if (host == null) {
            throw entry.invalid("a camera has no host; add its address, such as host: 192.168.69.110");
        }
        CameraDescription camera = new CameraDescription(
                entry.where(),
                (service, port) -> "external: {" + service.id() + ": " + port + "}",
                Inputs.host(host.where("host"), host.text()));
        fields.forEach((key, node) -> describe(camera, key, node));
        return camera.camera();
    }

    private void describe(CameraDescription camera, String key, YamlNode node) {
        String where = node.where(key);
        switch (key) {
            case "host" -> {
                // Read first, because all else is said of it.
            }
            case "name" -> camera.name(where, node.text());
            case "nvr" -> camera.recorder(node.bool());
            case "brand" -> camera.brand(Inputs.brand(where, node.text()));
            case "http", "https", "rtsp" -> service(camera, Inputs.service(where, key), where, node);
            case "rtsp-path" -> camera.rtspPath(where, node.text());
            case "user" -> camera.user(where, node.text());
            case "password-file" -> camera.password(PasswordFile.read(session, where, beside(where, node.text())));
            case "policy" -> camera.policy(Inputs.policy(where, node.text()));
            case "external" ->
                node.fields(SERVICES)
                        .forEach((service, port) -> camera.external(
                                port.where(service),
                                Inputs.service(where, service),
                                Inputs.port(port.where(service), port.text())));
            default -> throw new IllegalStateException(key);
        }
    }

    private static void service(CameraDescription camera, Scheme service, String where, YamlNode node) {
        if (node.isBool()) {
            if (node.bool()) {
                throw new InvalidInput(where, "give the port, such as " + service.defaultPort() + ", or false");
            }
            camera.without(service);
        } else {
            camera.port(service, Inputs.port(where, node.text()));
        }
    }

    private String beside(String where, String passwordFile) {
        if (passwordFile.equals(PasswordFile.STANDARD_INPUT)) {
            throw new InvalidInput(where, "standard input serves one camera only, with --camera; name a file");
        }
        try {
            return Path.of(file).resolveSibling(passwordFile).toString();
        } catch (InvalidPathException e) {
            throw new InvalidInput(where, Words.quoted(passwordFile) + " is not a path");
        }
    }

    private String text() {
        try {
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw new InvalidInput("--cameras", Words.quoted(file) + " is a directory; give the YAML file");
            }
            try (InputStream in = Files.newInputStream(path)) {
                byte[] bytes = in.readNBytes(MOST_BYTES + 1);
                if (bytes.length > MOST_BYTES) {
                    throw new InvalidInput("--cameras", Words.quoted(file) + " is larger than 1 MiB; split it");
                }
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            }
        } catch (CharacterCodingException e) {
            throw new InvalidInput("--cameras", Words.quoted(file) + " is not UTF-8 text; save it as UTF-8");
        } catch (InvalidPathException | IOException e) {
            throw new InvalidInput(
                    "--cameras", Words.quoted(file) + " cannot be read; check the path and its permissions");
        }
    }
}
