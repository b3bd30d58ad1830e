package dev.porthole.examples;

import dev.porthole.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the tokens that an agent accepts: one per line, {@code token} or {@code name:token}; # begins a comment. */
final class TokenFile {
    /** Ten thousand sites. */
    private static final long MOST_BYTES = 1 << 20;

    private static final Pattern LINE = Pattern.compile("(?:(?<name>[A-Za-z0-9._ -]{1,60}):)?(?<token>[!-9;-~]+)");

    private TokenFile() {}

    /** The tokens by the name of their site, in order. */
    static Map<String, Secret> read(Session session, String where, String file) {
        Map<String, Secret> tokens = new LinkedHashMap<>();
        int number = 0;
        for (String line : text(session, where, file).split("\r?\n", -1)) {
            number++;
            String entry = line.strip();
            if (!entry.isEmpty() && !entry.startsWith("#")) {
                add(tokens, where, number, entry);
            }
        }
        if (tokens.isEmpty()) {
            throw new InvalidInput(
                    where,
                    Words.quoted(file) + " holds no token; put one on each line, made for example by: openssl rand -hex"
                            + " 32");
        }
        return tokens;
    }

    private static void add(Map<String, Secret> tokens, String where, int number, String entry) {
        Matcher parts = LINE.matcher(entry);
        if (!parts.matches()) {
            throw new InvalidInput(
                    where,
                    "line " + number
                            + " is not TOKEN or NAME:TOKEN; a token is visible ASCII without spaces and colons");
        }
        String token = parts.group("token");
        if (token.length() < 16) {
            throw new InvalidInput(
                    where,
                    "the token of line " + number + " is too short to be safe; make one of 16 or more characters, for"
                            + " example by: openssl rand -hex 32");
        }
        String name = parts.group("name") == null ? "line " + number : parts.group("name");
        if (tokens.put(name, Secret.of(token)) != null) {
            throw new InvalidInput(where, "line " + number + " uses the name " + Words.quoted(name) + " again");
        }
    }

    private static String text(Session session, String where, String file) {
        try {
            Path path = Path.of(file);
            PasswordFile.warnWhereOthersCanRead(session, where, path);
            if (Files.size(path) > MOST_BYTES) {
                throw new InvalidInput(where, Words.quoted(file) + " is too large for a file of tokens");
            }
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new InvalidInput(
                    where, "there is no file " + Words.quoted(file) + "; put one token on each line of it");
        } catch (InvalidPathException | IOException e) {
            throw new InvalidInput(where, Words.quoted(file) + " cannot be read; check the path and its permissions");
        }
    }
}
