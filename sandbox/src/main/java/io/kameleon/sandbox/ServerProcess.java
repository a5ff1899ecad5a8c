package io.kameleon.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A child process that dies with this one: a shutdown hook kills it when this process ends in an orderly way, the kernel
 * when this process is killed.
 */
final class ServerProcess {
    private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();
    private static final long PROBE_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int LOG_TAIL_LINES = 20;

    /** The kernel's death signal is bound to the thread that starts a child: this one lives as long as the process. */
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(work -> {
        var thread = new Thread(work, "sandbox-starter");
        thread.setDaemon(true);
        return thread;
    });

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> ALIVE.forEach(ServerProcess::killTree), "sandbox-shutdown"));
    }

    private final Launch launch;
    private final Process process;

    private ServerProcess(Launch launch, Process process) {
        this.launch = launch;
        this.process = process;
    }

    /**
     * How to start a program.
     *
     * @param name      for messages
     * @param command   program and arguments
     * @param directory the working directory
     * @param log       gets standard output and standard error, appended
     * @param account   the user that the program runs as
     */
    record Launch(String name, List<String> command, Path directory, Path log, Account account) {
        Launch {
            command = List.copyOf(command);
        }
    }

    static ServerProcess start(Launch launch) {
        return start(launch, ProcessBuilder.Redirect.PIPE);
    }

    /** Runs a program to its end; a failure or a run over the given time is an exception with the log's tail. */
    static void run(Launch launch, ProcessBuilder.Redirect input, Duration time) {
        ServerProcess program = start(launch, input);
        if (!program.awaitExit(time)) {
            program.kill();
            throw program.failure("did not end within " + time.toSeconds() + " s");
        }
        if (program.process.exitValue() != 0) {
            throw program.failure("ended with code " + program.process.exitValue());
        }
    }

    private static ServerProcess start(Launch launch, ProcessBuilder.Redirect input) {
        var builder = new ProcessBuilder(Stream.concat(launch.account.prefix().stream(), launch.command.stream())
                        .toList())
                .directory(launch.directory.toFile())
                .redirectInput(input)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log.toFile()));
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        Process process = await(STARTER.submit(builder::start)::get);
        ALIVE.removeIf(known -> !known.isAlive());
        ALIVE.add(process);
        return new ServerProcess(launch, process);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Returns when the probe says true; a probe that throws counts as false. */
    void awaitReady(Callable<Boolean> probe, Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        while (!answers(probe)) {
            if (!process.isAlive()) {
                throw failure("ended with code " + process.exitValue() + " before it was ready");
            }
            if (System.nanoTime() - deadline > 0) {
                kill();
                throw failure("was not ready within " + time.toSeconds() + " s");
            }
            LockSupport.parkNanos(PROBE_INTERVAL_NANOS);
        }
    }

    /** Sends a signal by name, for example INT, and waits for the end. */
    void stop(String signal, Duration time) {
        signal(signal);
        if (!awaitExit(time)) {
            kill();
            throw failure("did not stop within " + time.toSeconds() + " s and was killed");
        }
    }

    /** SIGKILL to the process and all that it has started; returns when they are gone. */
    void kill() {
        List<ProcessHandle> children = killTree(process);
        awaitExit(Duration.ofSeconds(10));
        for (ProcessHandle child : children) {
            await(() -> child.onExit().get(10, TimeUnit.SECONDS));
        }
    }

    private static List<ProcessHandle> killTree(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        return children;
    }

    private void signal(String signal) {
        // The shell's own kill: the program of that name is not on every machine.
        var builder = new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + process.pid());
        await(() -> builder.start().waitFor());
    }

    private boolean awaitExit(Duration time) {
        return await(() -> process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS));
    }

    private SandboxException failure(String what) {
        return new SandboxException("%s %s. Log: %s%n%s".formatted(launch.name, what, launch.log, tail(launch.log)));
    }

    private static String tail(Path log) {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(the log cannot be read)";
        }
    }

    private static boolean answers(Callable<Boolean> probe) {
        try {
            return probe.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("interrupted while a server started", e);
        } catch (Exception e) {
            return false; // not ready yet
        }
    }

    private static <T> T await(Callable<T> work) {
        try {
            return work.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("interrupted while waiting for a server", e);
        } catch (ExecutionException e) {
            throw new SandboxException(
                    "a server cannot be started: " + e.getCause().getMessage(), e.getCause());
        } catch (Exception e) {
            throw new SandboxException("a server does not obey: " + e.getMessage(), e);
        }
    }
}
