package dev.porthole.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Map;

/** A camera's web: the first page as the maker shows it, {@code /protected} for those who log in, ONVIF, and RTSP within HTTP. */
final class CameraWeb implements HttpHandler {
    static final String PROTECTED = "/protected";
    private static final String LOGIN = "/login.html";

    private final CameraLook look;
    private final LoginGuard guard;
    private final CameraOnvif onvif;
    private final RtspTunnel tunnel;

    CameraWeb(CameraLook look, LoginGuard guard, CameraOnvif onvif, RtspTunnel tunnel) {
        this.look = look;
        this.guard = guard;
        this.onvif = onvif;
        this.tunnel = tunnel;
    }

    @Override
    public RecordedRequest understand(RecordedRequest request) {
        return request.understoodAs(RecordedRequest.PAGE, Map.of());
    }

    @Override
    public boolean takesOver(RecordedRequest request, Socket connection, InputStream rest) throws IOException {
        if (!RtspTunnel.isHalf(request)) {
            return false;
        }
        tunnel.serve(request, connection, rest);
        return true;
    }

    @Override
    public HttpReply answer(RecordedRequest request, boolean apply) {
        String path = request.target().replaceFirst("\\?.*", "");
        if (path.startsWith(CameraOnvif.PATH)) {
            return onvif.answer(request);
        }
        HttpReply reply = switch (path) {
            case "/" -> first(request);
            case LOGIN -> page(look.title(), form());
            case PROTECTED -> guarded(request, "<p>Welcome</p>");
            default -> HttpReply.html(404, "Not Found", "<html><h1>404 Not Found</h1></html>");
        };
        return look.server().isEmpty() ? reply : reply.with("Server", look.server());
    }

    private HttpReply first(RecordedRequest request) {
        return switch (look.start()) {
            case FORM -> page(look.title(), form());
            case CHALLENGE -> guarded(request, "<p>Live view</p>");
            case REDIRECT -> HttpReply.html(302, "Found", "").with("Location", LOGIN);
        };
    }

    private static String form() {
        return "<form method=\"post\" action=\"/login.cgi\"><input name=\"user\">"
                + "<input type=\"password\" name=\"password\"><button>Login</button></form>";
    }

    private static HttpReply page(String title, String body) {
        return HttpReply.html(
                200,
                "OK",
                "<!DOCTYPE html><html><head><title>" + SoapReplies.escape(title) + "</title></head><body>" + body
                        + "</body></html>");
    }

    private HttpReply guarded(RecordedRequest request, String body) {
        LoginGuard.Outcome outcome = guard.check(request);
        return outcome.admitted()
                ? page(look.title(), body)
                : guard.challenge(
                        HttpReply.html(401, "Unauthorized", "<html><h1>401 Unauthorized</h1></html>"), outcome.stale());
    }
}
