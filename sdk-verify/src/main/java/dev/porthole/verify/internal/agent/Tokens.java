package dev.porthole.verify.internal.agent;

import dev.porthole.Secret;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The tokens that are accepted, kept as hashes. Comparing takes the same time whichever token is right, and however much of
 * it. Not thread-safe while tokens are added.
 */
public final class Tokens {
    /** 16 characters of base64 are 96 bits: beyond guessing over a network. */
    public static final int SHORTEST = 16;

    private record Entry(String site, byte[] hash) {}

    private final List<Entry> entries = new ArrayList<>();

    /** Adds the token of a site. */
    public void add(String site, Secret token) {
        entries.add(new Entry(site, token.use(Tokens::hash)));
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Whose token stands in an Authorization header; empty where it is nobody's. */
    Optional<String> site(String authorization) {
        String scheme = "Bearer ";
        if (!authorization.regionMatches(true, 0, scheme, 0, scheme.length())) {
            return Optional.empty();
        }
        byte[] hash = hash(authorization.substring(scheme.length()).strip().toCharArray());
        String site = null;
        for (Entry entry : entries) {
            site = MessageDigest.isEqual(hash, entry.hash()) ? entry.site() : site;
        }
        return Optional.ofNullable(site);
    }

    private static byte[] hash(char[] token) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(token));
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(bytes.duplicate());
            return sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        } finally {
            Arrays.fill(bytes.array(), (byte) 0);
        }
    }
}
