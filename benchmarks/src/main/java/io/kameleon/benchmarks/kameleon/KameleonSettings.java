package io.kameleon.benchmarks.kameleon;

import static java.util.Objects.requireNonNull;

import io.kameleon.admin.runtime.JvmOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * How Kameleon is run.
 *
 * @param readerHeap  {@code -Xmx} of the reader's process, as are the others of theirs
 * @param oneHeap     of run_replica, which has the broker in it too
 * @param jvmOptions  further options of each process
 * @param sourceKeys  further lines of the source's configuration: {@code replay_max_rows: 20000}
 */
public record KameleonSettings(
        String readerHeap,
        String replayHeap,
        String oneHeap,
        String copyHeap,
        List<String> jvmOptions,
        List<String> sourceKeys) {
    public static final KameleonSettings DEFAULT =
            new KameleonSettings("128m", "128m", "512m", "512m", List.of(), List.of());

    public KameleonSettings {
        requireNonNull(readerHeap, "readerHeap");
        requireNonNull(replayHeap, "replayHeap");
        requireNonNull(oneHeap, "oneHeap");
        requireNonNull(copyHeap, "copyHeap");
        jvmOptions = List.copyOf(jvmOptions);
        sourceKeys = List.copyOf(sourceKeys);
    }

    /** As the launcher starts Java, and the options of the operator's. */
    List<String> java(String heap) {
        var options = new ArrayList<>(List.of("-Xmx" + heap));
        options.addAll(JvmOptions.LONG_RUNNING);
        options.addAll(jvmOptions);
        return options;
    }

    /** With further options of each process. */
    public KameleonSettings with(List<String> moreJvmOptions) {
        var all = new ArrayList<>(jvmOptions);
        all.addAll(moreJvmOptions);
        return new KameleonSettings(readerHeap, replayHeap, oneHeap, copyHeap, all, sourceKeys);
    }
}
