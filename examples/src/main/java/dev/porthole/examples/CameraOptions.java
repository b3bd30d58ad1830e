package dev.porthole.examples;

import dev.porthole.Camera;
import dev.porthole.reach.Target.Scheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which cameras, and how each is to be published. */
final class CameraOptions {
    @Option(
            names = "--camera",
            paramLabel = "HOST",
            order = 1,
            description = "The camera's address on the LAN, for example 192.168.69.110.")
    @Nullable
    String camera;

    @Option(
            names = "--cameras",
            paramLabel = "FILE",
            order = 2,
            description = {
                "Many cameras, from a YAML file: a list 'cameras' of entries with host, name, nvr, brand, http, https, rtsp"
                        + " (a port, or false), rtsp-path, user, password-file, policy, external."
            })
    @Nullable
    String cameras;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            order = 3,
            description = "The camera's name, by which it keeps its ports. Default: its address.")
    @Nullable
    String name;

    @Option(names = "--nvr", order = 4, description = "It is a network video recorder.")
    boolean nvr;

    @Option(
            names = "--brand",
            paramLabel = "BRAND",
            order = 5,
            description = "milesight, axis, hikvision, dahua, hanwha or generic: gives the path of the main stream.")
    @Nullable
    String brand;

    @Option(names = "--http", paramLabel = "PORT", order = 6, description = "The port of its web page. Default: 80.")
    @Nullable
    String http;

    @Option(names = "--no-http", order = 7, description = "Do not publish the web page.")
    boolean noHttp;

    @Option(
            names = "--https",
            paramLabel = "PORT",
            order = 8,
            description = "Publish its web page over TLS too, which is on this port, usually 443.")
    @Nullable
    String https;

    @Option(names = "--rtsp", paramLabel = "PORT", order = 9, description = "The port of its stream. Default: 554.")
    @Nullable
    String rtsp;

    @Option(names = "--no-rtsp", order = 10, description = "Do not publish the stream.")
    boolean noRtsp;

    @Option(
            names = "--rtsp-path",
            paramLabel = "PATH",
            order = 11,
            description = "The path of its stream, for example /main. Default: that of the brand.")
    @Nullable
    String rtspPath;

    @Option(
            names = "--user",
            paramLabel = "USER",
            order = 12,
            description = "The camera's account for verifying. Needs --password-file.")
    @Nullable
    String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            order = 13,
            description = "The file whose first line is the password; - is standard input.")
    @Nullable
    String passwordFile;

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            order = 14,
            description = {
                "How external ports are chosen: auto (default; the same camera gets the same port again), same (as on the"
                        + " camera), 80xx (8000 to 8099), manual (by --external)."
            })
    @Nullable
    String policy;

    @Option(
            names = "--external",
            paramLabel = "SERVICE=PORT",
            order = 15,
            description = "This external port for that service, for example rtsp=8889. May be repeated.")
    List<String> external = new ArrayList<>();

    /** The cameras that are described. */
    List<Camera> cameras(Session session) {
        if (camera != null && cameras != null) {
            throw new InvalidInput("--cameras", "give either --camera or --cameras, not both");
        }
        if (cameras != null) {
            refuseOptionsOfOneCamera();
            return new CameraFile(session, cameras).cameras();
        }
        if (camera == null) {
            throw new InvalidInput("--camera", "say which camera: --camera HOST, or many by --cameras FILE");
        }
        return List.of(described(session, camera).camera());
    }

    private void refuseOptionsOfOneCamera() {
        boolean any = nvr
                || noHttp
                || noRtsp
                || !external.isEmpty()
                || Stream.of(name, brand, http, https, rtsp, rtspPath, user, passwordFile, policy)
                        .anyMatch(Objects::nonNull);
        if (any) {
            throw new InvalidInput(
                    "--cameras", "what is told of one camera (name, ports, account, policy) goes into the file");
        }
    }

    private CameraDescription described(Session session, String host) {
        CameraDescription camera = new CameraDescription(
                "--camera",
                (service, port) -> "--external " + service.id() + "=" + port,
                Inputs.host("--camera", host));
        if (name != null) {
            camera.name("--name", name);
        }
        camera.recorder(nvr);
        if (brand != null) {
            camera.brand(Inputs.brand("--brand", brand));
        }
        service(camera, Scheme.HTTP, http, noHttp);
        service(camera, Scheme.HTTPS, https, false);
        service(camera, Scheme.RTSP, rtsp, noRtsp);
        if (rtspPath != null) {
            camera.rtspPath("--rtsp-path", rtspPath);
        }
        if (policy != null) {
            camera.policy(Inputs.policy("--policy", policy));
        }
        externals(camera);
        if (user != null) {
            camera.user("--user", user);
        }
        if (passwordFile != null) {
            camera.password(PasswordFile.read(session, "--password-file", passwordFile));
        }
        return camera;
    }

    private static void service(CameraDescription camera, Scheme service, @Nullable String port, boolean without) {
        if (port != null) {
            camera.port(service, Inputs.port("--" + service.id(), port));
        }
        if (without) {
            camera.without(service);
        }
    }

    private void externals(CameraDescription camera) {
        for (String item : external.isEmpty() ? external : Inputs.items("--external", external)) {
            int equals = item.indexOf('=');
            if (equals < 0) {
                throw new InvalidInput(
                        "--external", Words.quoted(item) + " names no service; write for example rtsp=8889");
            }
            Scheme service =
                    Inputs.service("--external", item.substring(0, equals).strip());
            camera.external(
                    "--external",
                    service,
                    Inputs.port("--external", item.substring(equals + 1).strip()));
        }
    }

    /** These options as they are typed, for a command that a person is told to run. */
    List<String> typed() {
        List<String> typed = new ArrayList<>();
        add(typed, "--camera", camera);
        add(typed, "--cameras", cameras);
        add(typed, "--name", name);
        add(typed, "--brand", brand);
        add(typed, "--http", http);
        add(typed, "--https", https);
        add(typed, "--rtsp", rtsp);
        add(typed, "--rtsp-path", rtspPath);
        add(typed, "--policy", policy);
        external.forEach(one -> add(typed, "--external", one));
        flag(typed, "--nvr", nvr);
        flag(typed, "--no-http", noHttp);
        flag(typed, "--no-rtsp", noRtsp);
        return typed;
    }

    /** The account, as it is typed. */
    List<String> typedAccount() {
        List<String> typed = new ArrayList<>();
        if (user != null && passwordFile != null) {
            add(typed, "--user", user);
            add(typed, "--password-file", passwordFile);
        }
        return typed;
    }

    private static void add(List<String> typed, String option, @Nullable String value) {
        if (value != null) {
            typed.add(option);
            typed.add(value);
        }
    }

    private static void flag(List<String> typed, String option, boolean given) {
        if (given) {
            typed.add(option);
        }
    }
}
