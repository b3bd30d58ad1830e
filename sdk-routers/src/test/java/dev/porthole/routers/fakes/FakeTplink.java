package dev.porthole.routers.fakes;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * TP-Link's pages under {@code userRpm}: a cookie holds the account, logging in gives a path, and every page wants to be
 * called from another one. Rules have no names; they stand in pages of eight, and are added and removed by links.
 */
public final class FakeTplink extends FormRouter {
    /** How many numbers a rule has in the pages' lists. */
    public enum Stride {
        /** First and last port of both sides. */
        SEVEN,
        /** First and last external port, the first internal one. */
        SIX
    }

    private record Rule(int first, int last, int inner, String host, int protocol, int state) {}

    private static final int PER_PAGE = 8;
    private static final int ANOTHER_IS_IN = 0;
    private static final int LOCKED = 1;
    private static final int WRONG = 2;
    private static final int WELCOME = 3;

    private final Stride stride;
    private final List<Rule> rules = new ArrayList<>();
    private Optional<String> session = Optional.empty();
    private boolean anotherIsIn;
    private int sessions;
    private boolean broken;

    public FakeTplink(Stride stride) throws IOException {
        super("tplink-userrpm");
        this.stride = stride;
        add(8000, 8000, 80, "192.168.1.20", 2);
        add(27015, 27015, 27016, "192.168.1.30", 3);
    }

    /** Adds a rule of somebody else; protocol 1 is both, 2 TCP, 3 UDP. */
    public synchronized FakeTplink add(int first, int last, int inner, String host, int protocol) {
        rules.add(new Rule(first, last, inner, host, protocol, 1));
        return this;
    }

    /** Another person has the one session that there is. */
    public synchronized void anotherIsIn(boolean is) {
        anotherIsIn = is;
    }

    @Override
    boolean outsideOfSessions(FormRequest request) {
        return request.path().equals("/")
                || request.path().startsWith("/userRpm/LoginRpm.htm")
                || request.path().endsWith("/LogoutRpm.htm");
    }

    @Override
    protected FormReply answer(FormRequest request) {
        String path = request.path();
        if (path.equals("/")) {
            return login(request, WELCOME);
        }
        if (path.equals("/userRpm/LoginRpm.htm") && request.has("Save")) {
            return loggedIn(request);
        }
        boolean known = session.isPresent()
                && path.startsWith("/" + session.get() + "/userRpm/")
                && request.cookie("Authorization").filter(this::isAccount).isPresent();
        if (!known) {
            return login(request, WELCOME);
        }
        if (!request.fromOwnPage()) {
            return FormReply.html("<html><body><h1>You have no authority to access this router!</h1></body></html>");
        }
        return page(request, path.substring(session.get().length() + 10));
    }

    private FormReply page(FormRequest request, String name) {
        return switch (name) {
            case "VirtualServerRpm.htm" -> virtualServers(request);
            case "Index.htm" -> FormReply.html("<html><title>TL-WR841N</title><frameset></frameset></html>");
            case "LogoutRpm.htm" -> {
                session = Optional.empty();
                yield login(request, WELCOME);
            }
            default -> new FormReply(404, Map.of(), "<html><body>404</body></html>");
        };
    }

    private boolean isAccount(String cookie) {
        String pair = "admin:" + md5(password());
        String right = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return FormRequest.decoded(cookie).equals(right);
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private FormReply loggedIn(FormRequest request) {
        countLogin();
        if (locked().isPresent()) {
            return login(request, LOCKED);
        }
        if (anotherIsIn) {
            return login(request, ANOTHER_IS_IN);
        }
        if (request.cookie("Authorization").filter(this::isAccount).isEmpty()) {
            return login(request, WRONG);
        }
        String token = letters(++sessions);
        session = Optional.of(token);
        return FormReply.html("<body><script language=\"javaScript\">window.parent.location.href = \"http://"
                + request.host() + "/" + token + "/userRpm/Index.htm\";\n</script></body></html>");
    }

    /** Sixteen capital letters, other ones each time. */
    private static String letters(int n) {
        BigInteger seed = BigInteger.valueOf(n + 7L).pow(23);
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            letters.append((char)
                    ('A' + seed.shiftRight(3 * i).mod(BigInteger.valueOf(26)).intValue()));
        }
        return letters.toString();
    }

    private static FormReply login(FormRequest request, int code) {
        return FormReply.html("<HTML>\n<HEAD><TITLE>TL-WR841N</TITLE>\n<SCRIPT language=\"javascript\">\n"
                + "var httpAutErrorArray = new Array(\n" + code + ", 1, \"http://" + request.host()
                + "\", 0,0 );\n</SCRIPT></HEAD><BODY><input id=\"pcPassword\" type=\"password\"></BODY></HTML>");
    }

    /** The parts of paths that showed its sessions so far. */
    public synchronized List<String> tokens() {
        return IntStream.rangeClosed(1, sessions).mapToObj(FakeTplink::letters).toList();
    }

    /** From now on the page of the rules holds none. */
    public synchronized void breakList() {
        broken = true;
    }

    private FormReply virtualServers(FormRequest request) {
        if (broken) {
            return FormReply.html("<html><body></body></html>");
        }
        if (request.has("Del")) {
            int id = number(request.field("Del"));
            if (id < rules.size()) {
                rules.remove(id);
            }
        } else if (request.has("Save") && request.field("Changed").equals("0")) {
            store(request);
        }
        return list(Math.max(1, number(request.field("Page"))));
    }

    private void store(FormRequest request) {
        String[] ports = request.field("ExPort").split("-");
        int first = number(ports[0]);
        int last = number(ports[ports.length - 1]);
        int inner = request.field("InPort").isEmpty() ? first : number(request.field("InPort"));
        int protocol = number(request.field("Protocol"));
        boolean valid = first > 0 && first <= last && inner > 0 && protocol >= 1 && protocol <= 3;
        boolean taken = rules.stream()
                .anyMatch(rule -> rule.first() <= last
                        && first <= rule.last()
                        && (rule.protocol() == 1 || protocol == 1 || rule.protocol() == protocol));
        if (valid && !taken && request.field("Ip").startsWith("192.168.1.")) {
            rules.add(new Rule(first, last, inner, request.field("Ip"), protocol, number(request.field("State"))));
        }
    }

    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    private FormReply list(int page) {
        int from = Math.min((page - 1) * PER_PAGE, rules.size());
        int to = Math.min(page * PER_PAGE, rules.size());
        StringBuilder list = new StringBuilder();
        for (Rule rule : rules.subList(from, to)) {
            String inner = stride == Stride.SIX
                    ? "" + rule.inner()
                    : rule.inner() + ", " + (rule.inner() + rule.last() - rule.first());
            list.append(rule.first() + ", " + rule.last() + ", " + inner + ", \"" + rule.host() + "\", "
                    + rule.protocol() + ", " + rule.state() + ",\n");
        }
        int more = to < rules.size() ? 1 : 0;
        return FormReply.html("<HTML><HEAD><TITLE>Virtual Servers</TITLE></HEAD>\n<SCRIPT>\nvar virServerListPara = new"
                + " Array(\n" + list + "0,0 );\n</SCRIPT>\n<SCRIPT>\nvar virServerPara = new Array(\n" + page + ", "
                + more
                + ", " + (to - from) + ", " + (stride == Stride.SIX ? 6 : 7) + ", " + PER_PAGE + ", 0,0 );\n</SCRIPT>\n"
                + "<SCRIPT>\nvar protocolList = new Array(\n\"-\", \"ALL\", \"TCP\", \"UDP\", 0,0 );\n</SCRIPT><BODY></BODY>"
                + "</HTML>");
    }

    private synchronized List<String> rules(Predicate<Rule> which) {
        return rules.stream().filter(which).map(Rule::toString).toList();
    }

    @Override
    public List<String> foreign() {
        return rules(rule -> !rule.host().startsWith("192.168.1.7"));
    }

    @Override
    public List<String> ours() {
        return rules(rule -> rule.host().startsWith("192.168.1.7"));
    }

    @Override
    public int foreignPort() {
        return 8000;
    }

    @Override
    public Optional<String> lockedFor() {
        return Optional.of("120 minutes");
    }

    @Override
    public synchronized int sessions() {
        return session.isPresent() ? 1 : 0;
    }

    @Override
    protected Runnable undo() {
        List<Rule> before = List.copyOf(rules);
        return () -> {
            rules.clear();
            rules.addAll(before);
        };
    }

    @Override
    protected void endSessions() {
        session = Optional.empty();
    }
}
