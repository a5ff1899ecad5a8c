package io.kameleon.sandbox;

/**
 * A server in a child process with data and a port that stay the same over {@link #stop()}, {@link #kill()} and
 * {@link #restart()}. All calls wait, within stated bounds; they are safe from any thread, one at a time.
 */
public sealed interface SandboxServer extends AutoCloseable permits SandboxMariaDb, SandboxPostgres, SandboxRegistry {
    /** On 127.0.0.1. */
    int port();

    boolean isRunning();

    /** Shuts the server down cleanly, within 60 seconds; clients lose their connections. */
    void stop();

    /** Ends the server as a crash does (SIGKILL to all its processes). */
    void kill();

    /** Starts the stopped or killed server again, or stops and starts the running one; returns when it answers. */
    void restart();

    /** Stops the server when it runs. The data stays: the directory belongs to the caller. */
    @Override
    default void close() {
        if (isRunning()) {
            stop();
        }
    }
}
