package dev.porthole.ledger;

import dev.porthole.NatTraversalException;
import dev.porthole.Secret;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.ledger.LedgerFormat.Content;
import dev.porthole.ledger.LedgerFormat.Damaged;
import dev.porthole.ledger.LedgerFormat.Verb;
import dev.porthole.mapping.RememberedGateway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A ledger in a file, so that a camera keeps its port across restarts and nothing that was mapped is forgotten in a
 * crash. A text log of one line per record, to which records are appended; {@link #intend} returns once its record is on
 * the disk. A record that was being written when the process died is dropped when the file is opened again, which also
 * shortens a log that has grown.
 *
 * <p>One process at a time: beside the file lies {@code FILE.lock}, empty and locked while the ledger is open. Both are
 * made readable for their owner only, where the system knows such permissions.
 *
 * <p>What goes wrong with the file is a {@link NatTraversalException} with {@link FindingCode#LEDGER_UNUSABLE}. Nothing
 * is written to a file that is not understood. Thread-safe.
 */
public final class FileLedger implements Ledger, AutoCloseable {
    /** A million records; a file larger than this is not ours. */
    private static final long MOST_BYTES = 128L << 20;
    /** A log this short is not worth rewriting. */
    private static final int FEW_RECORDS = 64;

    private static final FileAttribute<?>[] OWNER_ONLY = ownerOnly();

    private final Path file;
    private final FileChannel lockFile;
    private final ReentrantLock turn = new ReentrantLock();
    private final Map<LedgerEntry, Boolean> entries;
    private final Map<String, RememberedGateway> gateways;
    private boolean former;
    private Optional<String> key;
    private RandomAccessFile log;
    private long length;
    private int records;
    private boolean closed;

    private FileLedger(Path file, FileChannel lockFile) throws IOException, Damaged {
        this.file = file;
        this.lockFile = lockFile;
        if (Files.notExists(file)) {
            replace(LedgerFormat.heading());
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new Damaged("it is larger than any ledger");
        }
        Content content = LedgerFormat.read(Files.readAllBytes(file));
        entries = content.entries();
        key = content.key();
        gateways = content.gateways();
        former = content.former();
        records = content.records();
        length = content.length();
        if (length == 0) {
            replace(LedgerFormat.heading());
            length = LedgerFormat.heading().length;
        }
        log = openLog();
        if (grown()) {
            compact();
        }
    }

    /**
     * Opens a ledger, and makes it where there is none.
     *
     * @param file the file; its directory must exist
     * @return the ledger; close it to let others use it
     * @throws NatTraversalException where another process or object uses it, where it is no ledger or a damaged one, or
     *     where it cannot be read and written
     */
    public static FileLedger open(Path file) {
        Path path = file.toAbsolutePath();
        FileChannel lockFile = null;
        try {
            // Behind a symbolic link lies the file that is to be replaced when it is shortened, not the link.
            path = Files.exists(path) ? path.toRealPath() : path;
            if (Files.isDirectory(path)) {
                throw unusable(path, "this is a directory; name a file", null);
            }
            lockFile = locked(path);
            return new FileLedger(path, lockFile);
        } catch (Damaged e) {
            closeQuietly(lockFile);
            throw unusable(path, e.getMessage() + ". Nothing was changed; mend the file, or move it away", e);
        } catch (IOException e) {
            closeQuietly(lockFile);
            throw unusable(path, reason(path, e), e);
        }
    }

    private static FileChannel locked(Path file) throws IOException {
        Path path = file.resolveSibling(file.getFileName() + ".lock");
        createOwnerOnly(path);
        FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Told below: this process has it open already.
        } catch (IOException e) {
            closeQuietly(channel);
            throw e;
        }
        closeQuietly(channel);
        throw unusable(file, "another process uses it; wait until that has ended, or name another file", null);
    }

    @Override
    public List<LedgerEntry> entries(String gatewayId) {
        turn.lock();
        try {
            return entries.keySet().stream()
                    .filter(entry -> entry.gatewayId().equals(gatewayId))
                    .toList();
        } finally {
            turn.unlock();
        }
    }

    @Override
    public boolean holds(String tag) {
        turn.lock();
        try {
            return entries.keySet().stream().anyMatch(entry -> entry.tag().equals(tag));
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void intend(LedgerEntry entry) {
        turn.lock();
        try {
            if (!entries.containsKey(entry)) {
                append(Verb.INTEND, entry, true);
                entries.put(entry, false);
            }
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void done(LedgerEntry entry) {
        turn.lock();
        try {
            Boolean known = entries.get(entry);
            if (known == null || !known) {
                append(Verb.DONE, entry, known == null);
                entries.put(entry, true);
            }
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void forget(LedgerEntry entry) {
        turn.lock();
        try {
            if (entries.containsKey(entry)) {
                append(Verb.FORGET, entry, false);
                entries.remove(entry);
                if (grown()) {
                    compact();
                }
            }
        } finally {
            turn.unlock();
        }
    }

    /** Not synced: what is lost in a crash is searched for. */
    @Override
    public void remember(RememberedGateway gateway) {
        turn.lock();
        try {
            String id = gateway.gateway().id();
            if (gateway.equals(gateways.get(id))) {
                return;
            }
            gateways.remove(id);
            gateways.put(id, gateway);
            if (gateways.size() > LedgerFormat.MOST_GATEWAYS) {
                gateways.remove(gateways.keySet().iterator().next());
            }
            if (!former) {
                append(LedgerFormat.gatewayRecord(gateway), false);
            }
            if (former || grown()) {
                compact();
            }
        } finally {
            turn.unlock();
        }
    }

    @Override
    public List<RememberedGateway> gateways() {
        turn.lock();
        try {
            return List.copyOf(gateways.values());
        } finally {
            turn.unlock();
        }
    }

    /** On the disk before it is given out: what was derived from it must be found again after a crash. */
    @Override
    public Optional<Secret> installationKey() {
        turn.lock();
        try {
            if (key.isEmpty()) {
                String fresh = InstallationKey.random();
                append(LedgerFormat.keyRecord(fresh), true);
                key = Optional.of(fresh);
            }
            return key.map(Secret::of);
        } finally {
            turn.unlock();
        }
    }

    /** Closes the file and lets others use it. Doing so again does nothing. */
    @Override
    public void close() {
        turn.lock();
        try {
            if (!closed) {
                closed = true;
                closeQuietly(log);
                closeQuietly(lockFile);
            }
        } finally {
            turn.unlock();
        }
    }

    /** The file. */
    @Override
    public String toString() {
        return "ledger " + file;
    }

    private void append(Verb verb, LedgerEntry entry, boolean sync) {
        if (former && !closed && entry.relayed().isPresent()) {
            // Programs of the former version take its two fields more for damage.
            compact();
        }
        append(LedgerFormat.record(verb, entry), sync);
    }

    private void append(byte[] record, boolean sync) {
        if (closed) {
            throw new IllegalStateException(this + " was closed");
        }
        try {
            // Not a FileChannel: an interrupt would close that, and the rest of the work could not be written down.
            log.seek(length);
            log.write(record);
            if (sync) {
                log.getFD().sync();
            }
            length += record.length;
            records++;
        } catch (IOException e) {
            dropTail(e);
            throw unusable(file, reason(file, e), e);
        }
    }

    /** A record that was written in part must not be followed by another. */
    private void dropTail(IOException cause) {
        try {
            log.setLength(length);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private boolean grown() {
        return records > FEW_RECORDS && records > 2 * (entries.size() + gateways.size());
    }

    /** Rewrites the log without what is no longer true. Where that fails, the longer log is as good. */
    private void compact() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(LedgerFormat.heading());
        key.ifPresent(one -> text.writeBytes(LedgerFormat.keyRecord(one)));
        gateways.values().forEach(gateway -> text.writeBytes(LedgerFormat.gatewayRecord(gateway)));
        entries.forEach((entry, done) -> text.writeBytes(LedgerFormat.record(done ? Verb.DONE : Verb.INTEND, entry)));
        try {
            log.close();
            try {
                replace(text.toByteArray());
                length = text.size();
                records = entries.size() + gateways.size() + (key.isPresent() ? 1 : 0);
                former = false;
            } finally {
                log = openLog();
            }
        } catch (IOException e) {
            dropTail(e);
        }
    }

    private RandomAccessFile openLog() throws IOException {
        RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw");
        try {
            opened.setLength(length);
            return opened;
        } catch (IOException e) {
            closeQuietly(opened);
            throw e;
        }
    }

    /** Puts a new file in the place of the old one: at every moment there is either the one or the other, whole. */
    private void replace(byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        createOwnerOnly(fresh);
        try {
            try (RandomAccessFile out = new RandomAccessFile(fresh.toFile(), "rw")) {
                out.write(content);
                out.getFD().sync();
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
        syncDirectory();
    }

    /** Makes the new name last. Systems that cannot sync a directory do not need it. */
    private void syncDirectory() {
        try (FileChannel directory = FileChannel.open(directory(file), StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException e) {
            // As said above.
        }
    }

    private static void createOwnerOnly(Path path) throws IOException {
        try {
            Files.createFile(path, OWNER_ONLY);
        } catch (FileAlreadyExistsException e) {
            // Whoever made it chose its permissions.
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = java.nio.file.FileSystems.getDefault()
                .supportedFileAttributeViews()
                .contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static String reason(Path file, IOException e) {
        if (!Files.isDirectory(directory(file))) {
            return "there is no directory " + directory(file) + "; make it, or name another file";
        }
        if (e instanceof AccessDeniedException) {
            return "it cannot be read and written; check the permissions of the file and its directory";
        }
        return "it cannot be read and written (" + e.getMessage() + "); check the disk, or name another file";
    }

    private static Path directory(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    private static NatTraversalException unusable(
            Path file, String why, @org.jspecify.annotations.Nullable Exception cause) {
        return new NatTraversalException(FindingCode.LEDGER_UNUSABLE, "ledger " + file + ": " + why, cause);
    }

    private static void closeQuietly(@org.jspecify.annotations.Nullable AutoCloseable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (Exception e) {
            // Nothing that was promised depends on it: intents are on the disk already.
        }
    }
}
