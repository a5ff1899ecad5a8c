package io.kameleon.benchmarks.server;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds who listens on a TCP port of this machine, in Linux's {@code /proc}. */
final class ListeningProcess {
    private static final String LISTEN = "0A";

    private ListeningProcess() {}

    /** Empty when nobody listens, or it is a process that this user must not look into. */
    static Optional<ProcessHandle> on(int port) {
        return inode(port).flatMap(ListeningProcess::holder);
    }

    private static Optional<String> inode(int port) {
        String suffix = ":%04X".formatted(port);
        for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
            try {
                for (String line : Files.readAllLines(Path.of(table))) {
                    String[] fields = line.strip().split("\\s+");
                    if (fields.length > 9 && fields[1].endsWith(suffix) && fields[3].equals(LISTEN)) {
                        return Optional.of("socket:[" + fields[9] + "]");
                    }
                }
            } catch (IOException e) {
                return Optional.empty(); // not Linux, or closed off: there is nothing to show then
            }
        }
        return Optional.empty();
    }

    private static Optional<ProcessHandle> holder(String socket) {
        return ProcessHandle.allProcesses()
                .filter(process -> holds(process.pid(), socket))
                .findFirst();
    }

    private static boolean holds(long pid, String socket) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc", String.valueOf(pid), "fd"))) {
            for (Path file : files) {
                if (Files.readSymbolicLink(file).toString().equals(socket)) {
                    return true;
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            return false; // ended meanwhile, or another user's
        }
        return false;
    }
}
