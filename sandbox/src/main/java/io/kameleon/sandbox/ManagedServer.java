package io.kameleon.sandbox;

import io.kameleon.sandbox.ServerProcess.Launch;
import java.time.Duration;
import java.util.concurrent.Callable;

/** The stop, kill and restart that all servers share. */
final class ManagedServer {
    private static final Duration START_TIME = Duration.ofMinutes(2);
    private static final Duration STOP_TIME = Duration.ofMinutes(1);

    private final String stopSignal;
    private final Callable<Boolean> ready;
    private ServerProcess process;

    /** @param ready says whether the server answers; an exception counts as no */
    ManagedServer(String stopSignal, Callable<Boolean> ready) {
        this.stopSignal = stopSignal;
        this.ready = ready;
    }

    synchronized void restart(Launch launch) {
        if (isRunning()) {
            stop();
        }
        process = ServerProcess.start(launch);
        process.awaitReady(ready, START_TIME);
    }

    synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    synchronized void stop() {
        if (isRunning()) {
            process.stop(stopSignal, STOP_TIME);
        }
    }

    synchronized void kill() {
        if (isRunning()) {
            process.kill();
        }
    }
}
