package io.kameleon.benchmarks.run;

import static java.util.Objects.requireNonNull;

import io.kameleon.benchmarks.measure.Meter;
import io.kameleon.benchmarks.server.Servers;
import io.kameleon.benchmarks.workload.Workload;
import java.nio.file.Path;

/**
 * One run of one stage by one contender. The workload's changes are in the binlog between {@code start} and {@code end} (for
 * COPY: its rows are in the tables, and both places are equal; for LATENCY: its tables are empty).
 *
 * @param id        unique among the runs, fit for names of topics, databases and files: {@code w1_r2_apply_kameleon}
 * @param round     from 1; APPLY of a round may use what READ of the same round has put into Kafka
 * @param directory of this run alone, for configuration and logs; exists
 */
public record StageRun(
        String id,
        int round,
        Stage stage,
        Workload workload,
        BinlogStart start,
        BinlogStart end,
        Servers servers,
        Meter meter,
        Path directory) {
    public StageRun {
        requireNonNull(id, "id");
        requireNonNull(stage, "stage");
        requireNonNull(workload, "workload");
        requireNonNull(start, "start");
        requireNonNull(end, "end");
        requireNonNull(servers, "servers");
        requireNonNull(meter, "meter");
        requireNonNull(directory, "directory");
    }
}
