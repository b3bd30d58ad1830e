package dev.porthole.upnp.internal.wire;

import dev.porthole.http.internal.DeviceText;
import dev.porthole.http.internal.xml.SafeXml;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitlet.weupnp.NameValueHandler;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The reply to a SOAP action, UPnP Device Architecture 1.1 section 3.2. Immutable.
 *
 * <p>weupnp's handler gathers the values. It joins the texts of elements of the same name, so that two different values
 * of one name are noticed here and refused when read.
 */
public final class SoapReply {
    /** A second look at faults that are garbled or cut (Archer C8), or spelled otherwise (MikroTik). */
    private static final Pattern ERROR_CODE =
            Pattern.compile("<[^<>]{0,80}errorCode[^<>]{0,80}>\\s*(-?[0-9]{1,6})\\s*<", Pattern.CASE_INSENSITIVE);

    /** Some give the code only in words: {@code 718 ConflictInMappingEntry}. */
    private static final Pattern CODE_IN_WORDS = Pattern.compile("\\b[4-8][0-9]{2}\\b");

    private static final int MAX_DESCRIPTION = 120;

    private final Map<String, String> values;
    private final Set<String> ended;
    private final Set<String> contradicted;
    private final Optional<Fault> fault;
    private final Optional<String> problem;

    /**
     * What a device refused.
     *
     * @param code the error code; empty where it gave none that is a number
     * @param description the device's words, bounded, without control characters
     */
    public record Fault(OptionalInt code, String description) {}

    private SoapReply(Handler handler, Optional<Fault> fault, Optional<String> problem) {
        this.values = handler.values;
        this.ended = handler.ended;
        this.contradicted = handler.contradicted;
        this.fault = fault;
        this.problem = problem;
    }

    /**
     * Reads a reply.
     *
     * @param xml reads it
     * @param body the reply's body, whatever its status
     * @return the reply
     */
    public static SoapReply read(SafeXml xml, byte[] body) {
        SafeXml.Read<Handler> read = xml.read(body, Handler::new);
        Optional<String> problem = read.problem()
                .or(() -> read.handler().started.contains("html") ? Optional.of(SafeXml.WEB_PAGE) : Optional.empty());
        return new SoapReply(read.handler(), fault(body, read), problem);
    }

    private static Optional<Fault> fault(byte[] body, SafeXml.Read<Handler> read) {
        Handler handler = read.handler();
        String description = Optional.ofNullable(handler.values.get("errorDescription"))
                .or(() -> Optional.ofNullable(handler.values.get("faultstring")))
                .or(() -> Optional.ofNullable(handler.values.get("faultString")))
                .orElse("");
        String words = DeviceText.oneLine(description, MAX_DESCRIPTION);
        if (!handler.started.contains("fault")
                && !handler.started.contains("upnperror")
                && read.problem().isEmpty()) {
            return Optional.empty();
        }
        OptionalInt code = handler.contradicted.contains("errorCode")
                ? OptionalInt.empty()
                : number(handler.values.getOrDefault("errorCode", ""));
        if (code.isEmpty() && !handler.contradicted.contains("errorCode")) {
            Matcher matcher = ERROR_CODE.matcher(SafeXml.text(body));
            code = matcher.find() ? number(matcher.group(1)) : code;
        }
        if (code.isEmpty() && !handler.contradicted.contains("errorCode")) {
            Matcher matcher = CODE_IN_WORDS.matcher(words);
            code = matcher.find() ? number(matcher.group()) : code;
        }
        boolean said = code.isPresent() || handler.started.contains("fault");
        return said ? Optional.of(new Fault(code, words)) : Optional.empty();
    }

    private static OptionalInt number(String text) {
        return text.matches("-?[0-9]{1,6}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    /**
     * Whether this is the answer to an action: its response element is there, whole.
     *
     * @param action the action's name
     * @return true where it is
     */
    public boolean answers(String action) {
        return ended.contains((action + "Response").toLowerCase(Locale.ROOT));
    }

    /**
     * What the device refused.
     *
     * @return the fault, or empty where the reply is none
     */
    public Optional<Fault> fault() {
        return fault;
    }

    /**
     * Why the reply could not be read to its end.
     *
     * @return completes the sentence "the reply is not usable: ..."; empty where it could
     */
    public Optional<String> problem() {
        return problem;
    }

    /**
     * A value.
     *
     * @param name the element's local name
     * @return its text without surrounding white space, empty where it is empty or absent
     * @throws MalformedDocumentException where the reply has two different ones
     */
    public String value(String name) throws MalformedDocumentException {
        if (contradicted.contains(name)) {
            throw new MalformedDocumentException("it has two different values of " + name);
        }
        return values.getOrDefault(name, "");
    }

    private static final class Handler extends DefaultHandler implements SafeXml.Chain {
        private final Map<String, String> values = new HashMap<>();
        private final Map<String, String> seen = new HashMap<>();
        private final Set<String> contradicted = new HashSet<>();
        private final Set<String> started = new HashSet<>();
        private final Set<String> ended = new HashSet<>();
        private String element = "";
        private String text = "";

        @Override
        public DefaultHandler[] handlers() {
            return new DefaultHandler[] {this, new NameValueHandler(values)};
        }

        @Override
        public void startElement(String uri, String localName, String qName, Attributes attributes) {
            element = localName;
            text = "";
            started.add(localName.toLowerCase(Locale.ROOT));
        }

        @Override
        public void characters(char[] ch, int start, int length) {
            text = new String(ch, start, length);
        }

        @Override
        public void endElement(String uri, String localName, String qName) {
            ended.add(localName.toLowerCase(Locale.ROOT));
            if (localName.equals(element)) {
                String before = seen.putIfAbsent(localName, text);
                if (before != null && !before.equals(text)) {
                    contradicted.add(localName);
                } else if (before != null) {
                    // weupnp's handler, which comes after this one, would join the two.
                    values.remove(localName);
                }
            }
            element = "";
        }
    }
}
