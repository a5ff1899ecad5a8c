package io.kameleon.admin.runtime;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The background process of one source on this machine, known by {@code <pid_dir>/<source>.pid}.
 *
 * <p>The process holds a lock on that file while it lives: whether it runs is told by the lock, never by what a crash has left in
 * the file (F68).
 */
public final class Daemon {
    private final String source;
    private final Path pidFile;

    public Daemon(Path pidDirectory, String source) {
        this.source = source;
        this.pidFile = pidDirectory.resolve(source + ".pid");
    }

    public Path pidFile() {
        return pidFile;
    }

    /**
     * Makes this process the daemon, until it ends or closes what is returned.
     *
     * @throws ReplicationException ALREADY_RUNNING
     */
    public AutoCloseable claim() {
        try {
            Files.createDirectories(pidFile.getParent());
            FileChannel channel = FileChannel.open(
                    pidFile, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw alreadyRunning();
            }
            channel.truncate(0);
            byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
            channel.write(java.nio.ByteBuffer.wrap(pid));
            channel.force(true);
            return () -> {
                Files.deleteIfExists(pidFile);
                channel.close();
            };
        } catch (IOException e) {
            throw new UncheckedIOException("the pid file " + pidFile + " cannot be written", e);
        }
    }

    /** The process that is the daemon now; empty when none is. */
    public Optional<ProcessHandle> running() {
        if (Files.notExists(pidFile)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(pidFile, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = tryLock(channel)) {
            if (lock != null) {
                return Optional.empty();
            }
            String pid = Files.readString(pidFile).strip();
            return pid.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(pid));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // this very process holds it
        }
    }

    /** Asks the daemon to end; returns at once. @return its process; empty when none was running */
    public Optional<ProcessHandle> askToStop() {
        Optional<ProcessHandle> process = running();
        process.ifPresent(ProcessHandle::destroy);
        return process;
    }

    /**
     * Waits for the end of a process that was asked to: it takes its file away a little before.
     *
     * @throws ReplicationException TIMED_OUT
     */
    public void awaitEnd(ProcessHandle process, Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        while (process.isAlive()) {
            if (System.nanoTime() > deadline) {
                throw new ReplicationException(
                        ErrorCode.TIMED_OUT,
                        "The replica did not end within " + wait.toSeconds() + " s",
                        Map.of("source", source, "pid", process.pid()),
                        "See its log; 'kill -9' ends it at once, and loses nothing that is committed.");
            }
            Thread.sleep(50);
        }
    }

    public ReplicationException alreadyRunning() {
        return new ReplicationException(
                ErrorCode.ALREADY_RUNNING,
                "The replica of this source runs already on this machine",
                Map.of("source", source, "pid_file", pidFile),
                "Stop it with 'kameleon stop_replica --source " + source + "' first.");
    }
}
