package dev.porthole.ledger;

import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.RememberedGateway;
import dev.porthole.mapping.TransportProtocol;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The text of a ledger file: a heading, then one record per line, its fields separated by tabs, UTF-8.
 *
 * <pre>
 * porthole-ledger 2
 * intend  uuid:5f…  porthole:front-door:rtsp  TCP  23917  192.168.69.110  554
 * done    uuid:5f…  porthole:front-door:rtsp  TCP  23917  192.168.69.110  554
 * key     9f3c…
 * gateway uuid:5f…  UPNP  192.168.69.1  192.168.69.5  MiniUPnPd  http://192.168.69.1:5000/…
 * </pre>
 *
 * <p>A record of a mapping that leads to a relay on this host ends with two fields more: the camera's address and port.
 *
 * <p>Within a field, backslash, control characters and lone surrogates are escaped, so that a record is one line and a
 * NUL never belongs to one.
 */
final class LedgerFormat {
    private static final String NAME = "porthole-ledger";
    private static final byte[] HEADING = (NAME + " 2\n").getBytes(StandardCharsets.UTF_8);
    /** Of the version without gateways. Files of it are read, and become the present one when they are rewritten. */
    private static final byte[] FORMER_HEADING = (NAME + " 1\n").getBytes(StandardCharsets.UTF_8);

    /** More ways out than a host has, by three protocols each. */
    static final int MOST_GATEWAYS = 16;

    private static final int FIELDS = 7;
    private static final int GATEWAY_FIELDS = 7;
    private static final int FIELDS_WHEN_RELAYED = 9;
    private static final String KEY = "key\t";
    private static final String GATEWAY = "gateway\t";

    /** What a record says of its entry. */
    enum Verb {
        /** Its mapping is about to be made. */
        INTEND,
        /** Its mapping exists. */
        DONE,
        /** Its mapping is gone or was never made. */
        FORGET;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What a file holds.
     *
     * @param entries the entries and whether their mapping is known to exist, oldest first
     * @param records how many records it took to say so
     * @param length the length of the sound part; what follows was being written when the writer died
     * @param key the installation's key, empty where none was written yet
     * @param gateways those that were used, by their id, the latest last
     * @param former whether it is of the version without gateways
     */
    record Content(
            Map<LedgerEntry, Boolean> entries,
            int records,
            int length,
            Optional<String> key,
            Map<String, RememberedGateway> gateways,
            boolean former) {}

    /** A file that is no ledger, or a damaged one. The message says which line, and why. */
    static final class Damaged extends Exception {
        private static final long serialVersionUID = 1L;

        Damaged(String message) {
            super(message);
        }

        Damaged(int line, String problem) {
            super("line " + line + ": " + problem);
        }
    }

    private LedgerFormat() {}

    static byte[] heading() {
        return HEADING.clone();
    }

    static byte[] record(Verb verb, LedgerEntry entry) {
        String line = String.join(
                "\t",
                verb.word(),
                escape(entry.gatewayId()),
                escape(entry.tag()),
                entry.protocol().name(),
                Integer.toString(entry.externalPort()),
                entry.internal().address().getHostAddress(),
                Integer.toString(entry.internal().port()));
        line += entry.relayed()
                .map(to -> "\t" + to.address().getHostAddress() + "\t" + to.port())
                .orElse("");
        return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static byte[] keyRecord(String key) {
        return (KEY + key + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static byte[] gatewayRecord(RememberedGateway one) {
        Gateway gateway = one.gateway();
        String line = String.join(
                "\t",
                escape(gateway.id()),
                gateway.protocol().name(),
                literal(gateway.lanAddress()),
                literal(one.hostAddress()),
                escape(gateway.model()),
                escape(one.memento()));
        return (GATEWAY + line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Without a zone: its number belongs to one start of this host. */
    private static String literal(InetAddress address) {
        return address.getHostAddress().replaceFirst("%.*", "");
    }

    private static RememberedGateway gateway(String text, int line) throws Damaged {
        String[] fields = text.split("\t", -1);
        if (fields.length != GATEWAY_FIELDS) {
            throw new Damaged(
                    line, "a record of a gateway has " + GATEWAY_FIELDS + " fields, this has " + fields.length);
        }
        try {
            Gateway gateway = new Gateway(
                    unescape(fields[1]), MappingProtocol.valueOf(fields[2]), address(fields[3]), unescape(fields[5]));
            return new RememberedGateway(gateway, address(fields[4]), unescape(fields[6]));
        } catch (IllegalArgumentException e) {
            throw new Damaged(line, String.valueOf(e.getMessage()));
        }
    }

    private static InetAddress address(String text) {
        return IpLiteral.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not an address"));
    }

    /**
     * Reads a file.
     *
     * @param bytes all of it
     * @return what it holds; nothing where it is empty or its heading was being written
     * @throws Damaged where it is no ledger or a line before the end is not a record
     */
    static Content read(byte[] bytes) throws Damaged {
        Map<LedgerEntry, Boolean> entries = new LinkedHashMap<>();
        Map<String, RememberedGateway> gateways = new LinkedHashMap<>();
        if (isPrefix(bytes, HEADING) || isPrefix(bytes, FORMER_HEADING)) {
            return new Content(entries, 0, 0, Optional.empty(), gateways, false);
        }
        checkHeading(bytes);
        boolean former = isPrefix(FORMER_HEADING, bytes);
        Optional<String> key = Optional.empty();
        int records = 0;
        int start = HEADING.length;
        for (int end = endOfLine(bytes, start); end >= 0; end = endOfLine(bytes, start)) {
            int line = records + 2;
            if (hasNul(bytes, start, end)) {
                checkOnlyUnsynced(bytes, end + 1, line);
                return new Content(entries, records, start, key, gateways, former);
            }
            String text = decode(bytes, start, end, line);
            if (text.startsWith(KEY)) {
                key = Optional.of(key(text.substring(KEY.length()), line));
            } else if (text.startsWith(GATEWAY) && !former) {
                RememberedGateway gateway = gateway(text, line);
                gateways.remove(gateway.gateway().id());
                gateways.put(gateway.gateway().id(), gateway);
                if (gateways.size() > MOST_GATEWAYS) {
                    gateways.remove(gateways.keySet().iterator().next());
                }
            } else {
                apply(text, line, entries);
            }
            records++;
            start = end + 1;
        }
        return new Content(entries, records, start, key, gateways, former);
    }

    private static void checkHeading(byte[] bytes) throws Damaged {
        if (isPrefix(HEADING, bytes) || isPrefix(FORMER_HEADING, bytes)) {
            return;
        }
        int end = endOfLine(bytes, 0);
        String first = new String(bytes, 0, Math.min(end < 0 ? bytes.length : end, 40), StandardCharsets.ISO_8859_1);
        if (first.startsWith(NAME + " ")) {
            throw new Damaged(1, "version '" + first.substring(NAME.length() + 1) + "' is not known to this program");
        }
        throw new Damaged("this is not a ledger: it does not start with '" + NAME + "'");
    }

    /**
     * Blocks that never reached the disk read as zeros. That can only have happened to the end of the file, after the
     * last intent, because each intent is synced before anything is mapped.
     */
    private static void checkOnlyUnsynced(byte[] bytes, int from, int damagedLine) throws Damaged {
        byte[] intent = (Verb.INTEND.word() + "\t").getBytes(StandardCharsets.UTF_8);
        int start = from;
        for (int end = endOfLine(bytes, start); end >= 0; end = endOfLine(bytes, start)) {
            if (isPrefix(intent, Arrays.copyOfRange(bytes, start, end))) {
                throw new Damaged(damagedLine, "part of it was overwritten with zeros, and sound lines follow");
            }
            start = end + 1;
        }
    }

    private static String decode(byte[] bytes, int start, int end, int line) throws Damaged {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, end - start))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Damaged(line, "this is not UTF-8");
        }
    }

    private static String key(String text, int line) throws Damaged {
        if (!InstallationKey.matches(text)) {
            throw new Damaged(line, "the key is not one that was written here");
        }
        return text;
    }

    private static void apply(String text, int line, Map<LedgerEntry, Boolean> entries) throws Damaged {
        String[] fields = text.split("\t", -1);
        if (fields.length != FIELDS && fields.length != FIELDS_WHEN_RELAYED) {
            throw new Damaged(line, "a record has " + FIELDS + " fields, this has " + fields.length);
        }
        Verb verb = verb(fields[0], line);
        LedgerEntry entry;
        try {
            entry = new LedgerEntry(
                    unescape(fields[1]),
                    unescape(fields[2]),
                    TransportProtocol.valueOf(fields[3]),
                    port(fields[4]),
                    endpoint(fields[5], fields[6]),
                    fields.length == FIELDS
                            ? Optional.empty()
                            : Optional.of(endpoint(fields[FIELDS], fields[FIELDS + 1])));
        } catch (IllegalArgumentException e) {
            throw new Damaged(line, String.valueOf(e.getMessage()));
        }
        switch (verb) {
            case INTEND -> entries.putIfAbsent(entry, false);
            case DONE -> entries.put(entry, true);
            case FORGET -> entries.remove(entry);
        }
    }

    private static Verb verb(String word, int line) throws Damaged {
        for (Verb verb : Verb.values()) {
            if (verb.word().equals(word)) {
                return verb;
            }
        }
        throw new Damaged(line, "'" + escape(word) + "' is not a record");
    }

    private static InternalEndpoint endpoint(String address, String port) {
        return new InternalEndpoint(
                IpLiteral.parse(address)
                        .orElseThrow(() -> new IllegalArgumentException("'" + address + "' is not an address")),
                port(port));
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("'" + text + "' is not a port");
        }
        return PortRange.checkPort(Integer.parseInt(text));
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                escaped.append(c).append(text.charAt(++i));
            } else if (c == '\\' || Character.isISOControl(c) || Character.isSurrogate(c)) {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c != '\\') {
                plain.append(c);
                i++;
                continue;
            }
            String code = text.substring(i, Math.min(i + 6, text.length()));
            if (!code.matches("\\\\u[0-9a-f]{4}")) {
                throw new IllegalArgumentException("'" + code + "' is not an escape such as \\u0009");
            }
            plain.append((char) Integer.parseInt(code.substring(2), 16));
            i += 6;
        }
        return plain.toString();
    }

    private static boolean isPrefix(byte[] prefix, byte[] whole) {
        return prefix.length <= whole.length && Arrays.equals(prefix, 0, prefix.length, whole, 0, prefix.length);
    }

    private static boolean hasNul(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private static int endOfLine(byte[] bytes, int start) {
        for (int i = start; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
