package io.kameleon.admin.runtime;

import io.kameleon.catalogue.config.GlobalConfig;
import io.kameleon.catalogue.config.GlobalConfig.LogDestination;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Starts the background process of a source: this same program, detached, with {@code run_replica --daemon}. */
public final class DaemonStart {
    private static final Duration READY_WAIT_MAX = Duration.ofSeconds(60);

    private final Installation installation;
    private final String config;
    private final String source;
    private final boolean debug;

    public DaemonStart(Installation installation, String config, String source, boolean debug) {
        this.installation = installation;
        this.config = config;
        this.source = source;
        this.debug = debug;
    }

    /**
     * Returns once the process has its leases and works.
     *
     * @throws ReplicationException with the child's own words when it did not start
     */
    public long start(BooleanSupplier working) throws InterruptedException {
        GlobalConfig global = installation.config().global();
        try {
            Files.createDirectories(global.pidDir());
            Files.createDirectories(global.logDir());
            Path output = Files.createTempFile(global.logDir(), source + "-start", ".out");
            Process process = new ProcessBuilder(command())
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .redirectOutput(
                            global.logDest() == LogDestination.STDOUT
                                    ? ProcessBuilder.Redirect.INHERIT
                                    : ProcessBuilder.Redirect.to(output.toFile()))
                    .redirectErrorStream(true)
                    .start();
            try {
                awaitWorking(process, output, working);
            } finally {
                Files.deleteIfExists(output);
            }
            return process.pid();
        } catch (IOException e) {
            throw notStarted("its process cannot be made: " + e.getMessage(), e);
        }
    }

    private void awaitWorking(Process process, Path output, BooleanSupplier working)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + READY_WAIT_MAX.toNanos();
        while (!working.getAsBoolean()) {
            if (!process.isAlive()) {
                throw notStarted(lastLine(output), null);
            }
            if (System.nanoTime() > deadline) {
                process.destroy();
                throw notStarted("it was not ready within " + READY_WAIT_MAX.toSeconds() + " s", null);
            }
            Thread.sleep(100);
        }
    }

    private static String lastLine(Path output) throws IOException {
        List<String> lines = Files.readAllLines(output).stream()
                .filter(line -> !line.isBlank())
                .toList();
        return lines.isEmpty() ? "it ended, see what it wrote" : lines.get(lines.size() - 1);
    }

    /** The same virtual machine with the same settings, in a session of its own so that it outlives the terminal. */
    private List<String> command() {
        var command = new ArrayList<String>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.add("/usr/bin/setsid");
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmOptions.LONG_RUNNING);
        command.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "-Xmx" + heap()));
        Optional.ofNullable(System.getenv("KAMELEON_DAEMON_OPTS"))
                .ifPresent(o -> command.addAll(List.of(o.split(" "))));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.kameleon.admin.Kameleon"));
        command.addAll(List.of("run_replica", "--daemon", "--config", config, "--source", source));
        if (debug) {
            command.add("--debug");
        }
        return command;
    }

    private static String heap() {
        String heap = System.getenv("KAMELEON_HEAP");
        return heap == null || heap.isEmpty() ? "512m" : heap;
    }

    private ReplicationException notStarted(String why, Exception cause) {
        Path log = installation.config().global().logDir().resolve(source + ".log");
        return new ReplicationException(
                ErrorCode.WRONG_STATE,
                "The replica did not start: " + why,
                Map.of("source", source),
                "See " + log + ".",
                cause);
    }
}
