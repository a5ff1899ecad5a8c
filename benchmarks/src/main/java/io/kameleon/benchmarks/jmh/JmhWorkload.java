package io.kameleon.benchmarks.jmh;

import io.kameleon.benchmarks.kameleon.ReplicaPair;
import io.kameleon.benchmarks.workload.InsertWorkload;
import io.kameleon.benchmarks.workload.MixedWorkload;
import io.kameleon.benchmarks.workload.Workload;
import java.nio.file.Path;

/** The workloads in the size that fits into memory as decoded pieces, and how a benchmark's process finds their replicas. */
public enum JmhWorkload {
    W1 {
        @Override
        public Workload workload() {
            return new InsertWorkload(ROWS, 100, SEED);
        }
    },
    W2 {
        @Override
        public Workload workload() {
            return new MixedWorkload(ROWS, SEED);
        }
    };

    /** Row changes of each. */
    public static final int ROWS = 10_000;

    static final String SOURCE = ReplicaPair.SOURCE;

    private static final long SEED = 1;
    private static final String PROPERTY = "kameleon.bench.";

    public abstract Workload workload();

    /** The system property with the configuration file of the replica that has read nothing. */
    public String unreadProperty() {
        return PROPERTY + name() + ".unread";
    }

    /** The system property with the configuration file of the replica whose topic is full. */
    public String readProperty() {
        return PROPERTY + name() + ".read";
    }

    Path unread() {
        return file(unreadProperty());
    }

    Path read() {
        return file(readProperty());
    }

    private static Path file(String property) {
        String path = System.getProperty(property);
        if (path == null) {
            throw new IllegalStateException("run it by 'kameleon-bench jmh': " + property + " is not set");
        }
        return Path.of(path);
    }
}
