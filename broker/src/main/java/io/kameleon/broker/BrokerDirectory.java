package io.kameleon.broker;

import io.kameleon.broker.BrokerStartException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The directory of an embedded broker, held by one process at a time.
 *
 * <p>Layout: {@code lock} (empty; a file lock on it says that a process holds the directory), {@code port} (the port
 * served last), {@code ready} (bootstrap servers; there only while the broker answers), {@code log} (Kafka's own).
 * A killed process loses its file lock, so {@code ready} counts only together with the lock.
 */
final class BrokerDirectory implements AutoCloseable {
    /** A prober holds the lock for an instant; a starter looks again that long before it gives up. */
    private static final long LOCK_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long LOCK_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /**
     * Directories held by this process. POSIX drops all locks of a process on a file when it closes any descriptor of it,
     * so a directory held here must never be probed through its lock file.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lockFile;

    private BrokerDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /** Creates the directory when absent and holds it until {@link #close()}. */
    static BrokerDirectory hold(Path directory) {
        Path path = create(directory);
        if (!HELD_HERE.add(path)) {
            throw inUse(path);
        }
        try {
            FileChannel lockFile =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!lock(lockFile)) {
                lockFile.close();
                throw inUse(path);
            }
            var held = new BrokerDirectory(path, lockFile);
            Files.deleteIfExists(held.readyFile());
            return held;
        } catch (IOException e) {
            HELD_HERE.remove(path);
            throw unusable(path, e);
        } catch (BrokerStartException e) {
            HELD_HERE.remove(path);
            throw e;
        }
    }

    /** The bootstrap servers of the broker that some live process runs on the directory; empty when none answers yet. */
    static Optional<String> runningAt(Path directory) {
        try {
            Path path = directory.toRealPath();
            if (!HELD_HERE.contains(path) && !heldElsewhere(path.resolve("lock"))) {
                return Optional.empty();
            }
            return readLine(path.resolve("ready"));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    Path logDirectory() {
        return path.resolve("log");
    }

    Path path() {
        return path;
    }

    /** The port served last; empty when none is known. */
    Optional<Integer> rememberedPort() {
        try {
            return readLine(path.resolve("port"))
                    .filter(text -> text.matches("[0-9]{1,5}"))
                    .map(Integer::valueOf);
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    void rememberPort(int port) {
        write("port", String.valueOf(port));
    }

    void announceReady(String bootstrapServers) {
        write("ready", bootstrapServers);
    }

    @Override
    public void close() {
        try (lockFile) {
            Files.deleteIfExists(readyFile());
        } catch (IOException e) {
            throw unusable(path, e);
        } finally {
            HELD_HERE.remove(path);
        }
    }

    private Path readyFile() {
        return path.resolve("ready");
    }

    private void write(String name, String line) {
        try {
            Path part = path.resolve(name + ".part");
            Files.writeString(part, line + "\n");
            Files.move(part, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    private static Path create(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return directory.toRealPath();
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    private static boolean lock(FileChannel lockFile) throws IOException {
        long deadline = System.nanoTime() + LOCK_WAIT_NANOS;
        while (lockFile.tryLock() == null) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            LockSupport.parkNanos(LOCK_RETRY_NANOS);
        }
        return true;
    }

    private static boolean heldElsewhere(Path lockFile) throws IOException {
        try (FileChannel probe = FileChannel.open(lockFile, StandardOpenOption.READ);
                FileLock lock = probe.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null;
        }
    }

    private static Optional<String> readLine(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file).strip()).filter(line -> !line.isEmpty());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static BrokerStartException inUse(Path path) {
        return new BrokerStartException(
                Reason.DIRECTORY_IN_USE,
                path,
                "another broker holds this directory",
                "Stop the process that runs it, or use another directory.",
                null);
    }

    private static BrokerStartException unusable(Path path, IOException cause) {
        return new BrokerStartException(
                Reason.DIRECTORY_UNUSABLE,
                path,
                "the directory cannot be used (" + cause.getClass().getSimpleName() + ")",
                "Check that it is a directory that this user may write, with room on its disk.",
                cause);
    }
}
