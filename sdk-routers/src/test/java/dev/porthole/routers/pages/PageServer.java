package dev.porthole.routers.pages;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.porthole.Credentials;
import dev.porthole.Secret;
import dev.porthole.routers.RouterUnderTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Serves a simulated router's pages on loopback, behind the login that it has. */
public final class PageServer implements AutoCloseable {
    /** How the router asks who one is. */
    public enum Guard {
        NONE,
        BASIC,
        DIGEST,
        FORM
    }

    /** What goes wrong with a request: by its number, 0 for nothing. */
    public enum Fault {
        NONE,
        LOST_REPLY,
        LIE,
        REFUSED,
        LOST_REQUEST,
        SESSION_ENDED,
        HANG
    }

    public static final Credentials ACCOUNT = new Credentials("admin", Secret.of("s3cret&/+ %x"));

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Pages pages;
    private final Guard guard;
    private final Charset charset;
    private final List<Entry> rules = new ArrayList<>();
    private final Set<String> sessions = new HashSet<>();
    private Fault fault = Fault.NONE;
    private int faultAt;
    private int requests;
    private int logins;
    private String lockText = "";
    private int puzzle;
    private int next;

    public PageServer(Pages pages, Guard guard, Charset charset) throws IOException {
        this.pages = pages;
        this.guard = guard;
        this.charset = charset;
        rules.addAll(pages.others());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    public synchronized List<Entry> rules() {
        return List.copyOf(rules);
    }

    public synchronized int logins() {
        return logins;
    }

    public synchronized int sessions() {
        return sessions.size();
    }

    public synchronized int requests() {
        return requests;
    }

    /** Lets the n-th request from now go wrong; those of the login do not count. */
    public synchronized void fault(int request, Fault kind) {
        requests = 0;
        faultAt = request;
        fault = kind;
    }

    /** From now on the login says this and lets nobody in. */
    public synchronized void lock(String text) {
        lockText = text;
    }

    /** From now on whoever tries to log in gets a page with this status, which says nothing. */
    public synchronized void puzzle(int status) {
        puzzle = status;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = request(exchange, exchange.getRequestBody().readAllBytes());
            Fault now = next(request);
            if (now == Fault.HANG) {
                Thread.sleep(3_600_000);
            }
            if (now == Fault.REFUSED) {
                send(exchange, 500, Pages.document("500", "Internal error"));
            }
            if (now == Fault.REFUSED || now == Fault.LOST_REQUEST) {
                return;
            }
            synchronized (this) {
                if (now == Fault.SESSION_ENDED) {
                    sessions.clear();
                }
                List<Entry> before = List.copyOf(rules);
                int tries = logins;
                String page = guarded(exchange, request);
                boolean puzzling = puzzle > 0 && logins > tries;
                if (now == Fault.LIE) {
                    rules.clear();
                    rules.addAll(before);
                }
                if (page != null && now != Fault.LOST_REPLY) {
                    send(exchange, puzzling ? puzzle : 200, puzzling ? RouterUnderTest.PUZZLE : page);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Fault next(Request request) {
        boolean counts = !request.path().matches("/|/(login|logout|index)\\.htm");
        requests += counts ? 1 : 0;
        return counts && requests == faultAt ? fault : Fault.NONE;
    }

    private Request request(HttpExchange exchange, byte[] body) {
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        String query = exchange.getRequestURI().getRawQuery();
        Map<String, List<String>> fields = new LinkedHashMap<>();
        if (query != null) {
            fields.putAll(Request.parse(query, charset));
        }
        int boundary = type.indexOf("boundary=");
        fields.putAll(
                boundary >= 0
                        ? Request.parts(new String(body, charset), type.substring(boundary + 9))
                        : Request.parse(new String(body, StandardCharsets.US_ASCII), charset));
        return new Request(
                exchange.getRequestURI().getPath(),
                exchange.getRequestMethod().equals("POST"),
                fields,
                String.valueOf(exchange.getRequestHeaders().getFirst("Cookie")),
                String.valueOf(exchange.getRequestHeaders().getFirst("X-CSRF-Token")),
                String.valueOf(exchange.getRequestHeaders().getFirst("Referer")));
    }

    private String guarded(HttpExchange exchange, Request request) throws IOException {
        return switch (guard) {
            case NONE -> shown(request);
            case BASIC -> basic(exchange, request);
            case DIGEST -> digest(exchange, request);
            case FORM -> form(exchange, request);
        };
    }

    private String shown(Request request) {
        String page = pages.page(request, rules);
        return page == null ? Pages.document("404", "Not found") : page;
    }

    private String basic(HttpExchange exchange, Request request) throws IOException {
        String sent = exchange.getRequestHeaders().getFirst("Authorization");
        String pair = "admin:" + password();
        String right = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        if (right.equals(sent)) {
            return shown(request);
        }
        logins += sent == null ? 0 : 1;
        return challenge(exchange, "Basic realm=\"Simulated router\"");
    }

    private static String challenge(HttpExchange exchange, String challenge) throws IOException {
        exchange.getResponseHeaders().add("WWW-Authenticate", challenge);
        byte[] page = "<html><body>401 Unauthorized</body></html>".getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(401, page.length);
        exchange.getResponseBody().write(page);
        return null;
    }

    private String digest(HttpExchange exchange, Request request) throws IOException {
        String sent = exchange.getRequestHeaders().getFirst("Authorization");
        if (sent != null && sent.startsWith("Digest ")) {
            String target = exchange.getRequestURI().toString();
            String secret = md5("admin:router:" + password());
            String call = md5(exchange.getRequestMethod() + ":" + target);
            String expected = md5(secret + ":n0nce:" + part(sent, "nc") + ":" + part(sent, "cnonce") + ":auth:" + call);
            if (expected.equals(part(sent, "response")) && part(sent, "uri").equals(target)) {
                return shown(request);
            }
            logins++;
        }
        return challenge(exchange, "Digest realm=\"router\", nonce=\"n0nce\", qop=\"auth\", algorithm=MD5");
    }

    private static String part(String header, String name) {
        Matcher matcher = Pattern.compile("[ ,]" + name + "=\"?([^\",]*)").matcher(header);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String password() {
        return ACCOUNT.password().use(String::new);
    }

    private String form(HttpExchange exchange, Request request) {
        String session = request.cookie().replaceAll(".*sid=(\\w+).*", "$1");
        if (request.path().equals("/login.htm") && request.post()) {
            logins++;
            if (!lockText.isEmpty()) {
                return Pages.document("Login", lockText);
            }
            if (request.get("user").equals("admin") && request.get("pwd").equals(password())) {
                String made = "s" + ++next;
                sessions.add(made);
                exchange.getResponseHeaders().add("Set-Cookie", "sid=" + made + "; path=/");
                return Pages.document("OK", "<script>top.location.href='/index.htm';</script>");
            }
            return loginForm("The user name or password is incorrect.");
        }
        if (!sessions.contains(session)) {
            return loginForm("");
        }
        if (request.path().equals("/logout.htm")) {
            sessions.remove(session);
            return loginForm("");
        }
        return shown(request);
    }

    private static String loginForm(String message) {
        return Pages.document(
                "Login",
                "<p class=error>" + message + "</p><form action=/login.htm method=post>"
                        + "<input type=hidden name=next value=index>User <input name=user>"
                        + " Password <input type=password name=pwd><input type=submit name=go value=Login></form>");
    }

    private void send(HttpExchange exchange, int status, String page) throws IOException {
        byte[] bytes = page.getBytes(charset);
        exchange.getResponseHeaders().add("Content-Type", "text/html; charset=" + charset.name());
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
