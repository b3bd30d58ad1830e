package dev.porthole.examples;

import dev.porthole.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;

/** Reads a password: the first line of a file or of standard input. */
final class PasswordFile {
    /** Standard input, by convention. */
    static final String STANDARD_INPUT = "-";
    /** Longer than any camera takes; a wrong file is noticed instead of read to its end. */
    private static final int MOST_BYTES = 4096;

    private PasswordFile() {}

    /**
     * Reads a password.
     *
     * @param session for standard input, and for the warning about a file that everyone can read
     * @param where what to name in complaints
     * @param file a path, or {@code -}
     * @return the first line without its line break
     */
    static Secret read(Session session, String where, String file) {
        return read(session, where, file, "password");
    }

    /** Reads a secret that is called something else. */
    static Secret read(Session session, String where, String file, String noun) {
        if (file.equals(STANDARD_INPUT)) {
            try {
                return StandardInput.read(() -> firstLine(where, "standard input", session.in(), noun));
            } catch (IOException e) {
                throw new InvalidInput(where, "standard input cannot be read: " + e.getMessage());
            } catch (InterruptedException e) {
                throw new StandardInput.Interrupted(e);
            }
        }
        try {
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw new InvalidInput(where, Words.quoted(file) + " is a directory; give the file with the " + noun);
            }
            warnWhereOthersCanRead(session, where, path);
            try (InputStream in = Files.newInputStream(path)) {
                return firstLine(where, Words.quoted(file), in, noun);
            }
        } catch (NoSuchFileException e) {
            throw new InvalidInput(
                    where,
                    "there is no file " + Words.quoted(file) + "; put the " + noun + " on its first line,"
                            + " or give - for standard input");
        } catch (InvalidPathException | IOException e) {
            throw new InvalidInput(where, Words.quoted(file) + " cannot be read; check the path and its permissions");
        }
    }

    /** Says so where everyone on this host can read a file of secrets. */
    static void warnWhereOthersCanRead(Session session, String where, Path path) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view != null
                && Files.isRegularFile(path)
                && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
            session.err()
                    .println("porthole: warning: " + where + ": everyone on this host can read "
                            + Words.quoted(path.toString()) + "; run chmod 600 on it");
        }
    }

    private static Secret firstLine(String where, String name, InputStream in, String noun) throws IOException {
        byte[] bytes = new byte[MOST_BYTES + 1];
        int length = 0;
        int next;
        while (length < bytes.length && (next = in.read()) >= 0 && next != '\n') {
            bytes[length++] = (byte) next;
        }
        try {
            if (length > 0 && bytes[length - 1] == '\r') {
                length--;
            }
            if (length == 0) {
                throw new InvalidInput(where, "the first line of " + name + " is empty; the " + noun + " goes there");
            }
            if (length > MOST_BYTES) {
                throw new InvalidInput(where, "the first line of " + name + " is too long for a " + noun);
            }
            return decoded(where, name, ByteBuffer.wrap(bytes, 0, length), noun);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static Secret decoded(String where, String name, ByteBuffer bytes, String noun) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(bytes);
            char[] chars = Arrays.copyOfRange(text.array(), text.arrayOffset(), text.arrayOffset() + text.length());
            Secret secret = Secret.of(chars);
            Arrays.fill(chars, '\0');
            Arrays.fill(text.array(), '\0');
            return secret;
        } catch (CharacterCodingException e) {
            throw new InvalidInput(
                    where, "the first line of " + name + " is not UTF-8 text; the " + noun + " goes there");
        }
    }
}
