package io.kameleon.benchmarks.peer;

import io.kameleon.benchmarks.run.Contender;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The other programs that this machine can run. */
public final class Peers {
    /** Those that never take part, with the reason, as a report shows it. */
    public static final Map<String, Map<String, String>> ABSENT = Map.of(
            "pg_chameleon",
            Map.of(
                    "left out",
                    "a Python package: it is neither on Maven Central nor in Debian, which peers are taken from"));

    private Peers() {}

    /** Fetches nothing yet. */
    public static List<Contender> here() {
        var peers = new ArrayList<Contender>();
        peers.add(new DebeziumContender());
        PgloaderContender.onPath().ifPresent(peers::add);
        return peers;
    }
}
