package io.kameleon.admin.runtime;

import sun.misc.Signal;

/** Ends a long-running command gracefully on SIGTERM and SIGINT; a second signal ends it at once. */
final class Shutdown {
    private Shutdown() {}

    static void onSignal(Runnable stop) {
        for (String name : new String[] {"TERM", "INT"}) {
            Signal.handle(new Signal(name), signal -> {
                Signal.handle(signal, again -> Runtime.getRuntime().halt(128 + again.getNumber()));
                stop.run();
            });
        }
    }
}
