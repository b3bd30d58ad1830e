package dev.porthole.routers.internal.profile;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jsoup.parser.Parser;

/** The functions that a template may name. All take and give text; digests are lower-case hexadecimal, bytes are UTF-8. */
final class Functions {
    private interface Function {
        String of(List<String> arguments) throws GeneralSecurityException;
    }

    private record Known(int arguments, Function function) {}

    private static final Map<String, Known> KNOWN = Map.ofEntries(
            Map.entry("md5", new Known(1, a -> digest("MD5", a.get(0)))),
            Map.entry("sha1", new Known(1, a -> digest("SHA-1", a.get(0)))),
            Map.entry("sha256", new Known(1, a -> digest("SHA-256", a.get(0)))),
            Map.entry("sha512", new Known(1, a -> digest("SHA-512", a.get(0)))),
            Map.entry("hmac-md5", new Known(2, a -> mac("HmacMD5", a.get(0), a.get(1)))),
            Map.entry("hmac-sha256", new Known(2, a -> mac("HmacSHA256", a.get(0), a.get(1)))),
            Map.entry("base64", new Known(1, a -> Base64.getEncoder().encodeToString(bytes(a.get(0))))),
            Map.entry("hex", new Known(1, a -> HexFormat.of().formatHex(bytes(a.get(0))))),
            Map.entry("upper", new Known(1, a -> a.get(0).toUpperCase(Locale.ROOT))),
            Map.entry("lower", new Known(1, a -> a.get(0).toLowerCase(Locale.ROOT))),
            Map.entry("url-encode", new Known(1, a -> URLEncoder.encode(a.get(0), StandardCharsets.UTF_8))),
            Map.entry("aes-cbc-base64", new Known(3, Functions::aes)));

    /** What decodes text that was found in an answer. */
    private static final Map<String, Function> DECODERS = Map.of(
            "url", a -> URLDecoder.decode(a.get(0), StandardCharsets.UTF_8),
            "base64", a -> new String(Base64.getMimeDecoder().decode(a.get(0)), StandardCharsets.UTF_8),
            "html", a -> Parser.unescapeEntities(a.get(0), false),
            "js", a -> ScriptValue.unescaped(a.get(0)),
            "js-bytes", a -> utf8(ScriptValue.unescaped(a.get(0))),
            "first-segment", a -> firstSegment(a.get(0)),
            "strip", a -> a.get(0).strip());

    private Functions() {}

    static java.util.Set<String> names() {
        return KNOWN.keySet();
    }

    static java.util.Set<String> decoders() {
        return DECODERS.keySet();
    }

    /** How many arguments a function takes; -1 where there is none of that name. */
    static int arguments(String name) {
        Known known = KNOWN.get(name);
        return known == null ? -1 : known.arguments();
    }

    static String apply(String name, List<String> arguments) {
        Known known = KNOWN.get(name);
        if (known == null) {
            throw new IllegalArgumentException("there is no function " + name);
        }
        try {
            return known.function().of(arguments);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the Java platform cannot compute " + name, e);
        }
    }

    /** Decodes text; empty where it is not of that encoding. */
    static Optional<String> decode(String name, String text) {
        Function decoder = DECODERS.get(name);
        try {
            return decoder == null ? Optional.empty() : Optional.of(decoder.of(List.of(text)));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** A script's text in which each character stands for a byte (Tomato writes {@code \xc3\xbc} for one letter). */
    private static String utf8(String text) {
        if (text.chars().anyMatch(c -> c > 0xFF)) {
            throw new IllegalArgumentException("this text is of characters, not of bytes");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("these bytes are not UTF-8", e);
        }
    }

    /** The first part of a URL's path: where TP-Link puts its session. */
    private static String firstSegment(String url) {
        int host = url.indexOf("//");
        int path = url.indexOf('/', host < 0 ? 0 : host + 2);
        int end = path < 0 ? -1 : url.indexOf('/', path + 1);
        if (end < 0 || end == path + 1) {
            throw new IllegalArgumentException("this URL's path has no two parts");
        }
        return url.substring(path + 1, end);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String digest(String algorithm, String text) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes(text)));
    }

    private static String mac(String algorithm, String text, String key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        // The platform takes no empty key; a zero byte is the same to HMAC.
        mac.init(new SecretKeySpec(key.isEmpty() ? new byte[1] : bytes(key), algorithm));
        return HexFormat.of().formatHex(mac.doFinal(bytes(text)));
    }

    /** AES in CBC mode with PKCS #7 padding. */
    private static String aes(List<String> arguments) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(bytes(arguments.get(1)), "AES"),
                new IvParameterSpec(bytes(arguments.get(2))));
        return Base64.getEncoder().encodeToString(cipher.doFinal(bytes(arguments.get(0))));
    }
}
