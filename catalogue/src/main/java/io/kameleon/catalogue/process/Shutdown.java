package io.kameleon.catalogue.process;

import sun.misc.Signal;

/** Ends a long-running process gracefully on SIGTERM and SIGINT; a second signal ends it at once. */
public final class Shutdown {
    private Shutdown() {}

    /** @param stop called once, on the signal's thread; returns at once */
    public static void onSignal(Runnable stop) {
        for (String name : new String[] {"TERM", "INT"}) {
            Signal.handle(new Signal(name), signal -> {
                Signal.handle(signal, again -> Runtime.getRuntime().halt(128 + again.getNumber()));
                stop.run();
            });
        }
    }

    /** For a process that needs no graceful end: says so and ends at once, with 130. Until {@link #onSignal}. */
    public static void atOnceOnInterrupt(String words) {
        Signal.handle(new Signal("INT"), signal -> {
            System.err.println(words);
            Runtime.getRuntime().exit(128 + signal.getNumber());
        });
    }
}
