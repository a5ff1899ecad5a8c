package io.kameleon.admin;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command for the source in a Java process of its own with 512 MB of heap, as an operator runs it. */
final class ReplicaProcess implements AutoCloseable {
    private static final long END_SECONDS_MAX = 40;
    private static final Path ENV = Path.of("/usr/bin/env");

    private final Process process;
    private final Path log;

    private ReplicaProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * @param kameleonCommand with its options, separated by spaces
     * @param log gets what the process prints, appended
     */
    static ReplicaProcess start(String kameleonCommand, Path config, Path log) throws IOException {
        var command = new ArrayList<String>();
        if (Files.isExecutable(Path.of("/usr/bin/setpriv"))) {
            // A test run that is killed leaves nothing running.
            command.addAll(List.of("/usr/bin/setpriv", "--pdeathsig", "KILL"));
        }
        if (Files.isExecutable(ENV)) {
            command.addAll(List.of(ENV.toString(), "--default-signal=INT")); // a test run in the background ignores it
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                Kameleon.class.getName()));
        command.addAll(List.of(kameleonCommand.split(" ")));
        command.addAll(List.of("--config", config.toString(), "--source", ReplicaRig.SOURCE));
        Process process = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new ReplicaProcess(process, log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL; returns when the process is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGINT, as Ctrl-C sends it; the answer is the exit code. */
    int interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                .start()
                .waitFor();
        return exitCode("SIGINT");
    }

    /** SIGTERM; the answer is the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        return exitCode("SIGTERM");
    }

    private int exitCode(String signal) throws InterruptedException {
        if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new AssertionError("The process does not end on " + signal + "; it wrote:\n" + log());
        }
        return process.exitValue();
    }

    String log() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The most memory that the process has ever held, in MiB; 0 where the system does not tell. */
    long residentMebibytesMax() throws IOException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        if (Files.notExists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
