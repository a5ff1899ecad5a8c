package io.kameleon.benchmarks.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program in a process of its own that does not outlive this one: the kernel kills it with the thread that started it, where
 * {@code setpriv} of util-linux is there, so start it from a thread that stays.
 */
public final class ChildProcess implements AutoCloseable {
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
    private static final long STOP_SECONDS_MAX = 40;
    private static final int TAIL_LINES = 15;

    private final String name;
    private final Process process;
    private final Path output;

    private ChildProcess(String name, Process process, Path output) {
        this.name = name;
        this.process = process;
        this.output = output;
    }

    /** @param output gets what it prints, appended */
    public static ChildProcess start(String name, Path output, List<String> command) {
        return start(name, output, command, Map.of());
    }

    /** @param environment added to this process's own; the place for passwords */
    public static ChildProcess start(String name, Path output, List<String> command, Map<String, String> environment) {
        var all = new ArrayList<String>();
        if (Files.isExecutable(SETPRIV)) {
            all.addAll(List.of(SETPRIV.toString(), "--pdeathsig", "KILL"));
        }
        all.addAll(command);
        var builder = new ProcessBuilder(all)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        try {
            return new ChildProcess(name, builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be started", e);
        }
    }

    /** Starts a main class with this process's class path. */
    public static ChildProcess java(
            String name, Path output, List<String> options, Class<?> program, List<String> arguments) {
        return start(name, output, javaCommand(options, program, arguments));
    }

    /** What starts a main class with this process's class path. */
    public static List<String> javaCommand(List<String> options, Class<?> program, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(arguments);
        return command;
    }

    public Process process() {
        return process;
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /**
     * Waits for its end.
     *
     * @throws IllegalStateException with what it printed last when the exit code is not 0
     */
    public void requireSuccess() throws InterruptedException {
        if (process.waitFor() != 0) {
            throw new IllegalStateException(
                    name + " ended with code " + process.exitValue() + "; log: " + output + "\n" + tail());
        }
    }

    /** The last lines of what it printed. */
    public String tail() {
        try {
            List<String> lines = Files.readAllLines(output);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(the log cannot be read)";
        }
    }

    /** SIGINT and the wait for the end, at most 40 s. */
    void interrupt() {
        try {
            // The shell's own kill: the program of that name is not on every machine.
            new ProcessBuilder("/bin/sh", "-c", "kill -INT " + process.pid())
                    .start()
                    .waitFor();
            if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                close();
            }
        } catch (IOException e) {
            close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
        }
    }

    /** SIGTERM, and SIGKILL when that does not help in 40 s. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
