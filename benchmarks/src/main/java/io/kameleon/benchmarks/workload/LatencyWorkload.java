package io.kameleon.benchmarks.workload;

import java.sql.Connection;
import java.util.List;

/**
 * LATENCY: a steady stream of small transactions. The table is filled while a contender runs, by the harness, one row with a
 * growing key per transaction; {@link #run} does nothing.
 *
 * @param perSecond transactions per second
 * @param seconds   how long
 */
public record LatencyWorkload(int perSecond, int seconds) implements Workload {
    public static final String PROBES = "probes";

    private static final int PER_SECOND = 500;
    private static final int SECONDS = 60;

    /** @param scale 1 for a minute; at least five seconds */
    public static LatencyWorkload scaled(double scale) {
        return new LatencyWorkload(PER_SECOND, (int) Math.max(5, Math.round(SECONDS * scale)));
    }

    @Override
    public String name() {
        return "LATENCY";
    }

    @Override
    public String description() {
        return perSecond + " transactions per second for " + seconds
                + " s, commit on the source to visible in PostgreSQL";
    }

    @Override
    public String schema() {
        return "bench_latency";
    }

    @Override
    public List<BenchTable> tables() {
        List<BenchColumn> columns = List.of(
                new BenchColumn("id", ColumnKind.BIGINT, false),
                new BenchColumn("customer", ColumnKind.INT, false),
                new BenchColumn("amount", ColumnKind.DECIMAL, false),
                new BenchColumn("note", ColumnKind.SHORT_TEXT, false));
        return List.of(new BenchTable(PROBES, columns, List.of("customer"), "id", changes(), changes()));
    }

    @Override
    public long changes() {
        return (long) perSecond * seconds;
    }

    @Override
    public void run(Connection mysql) {
        // the probe writer of the harness makes the changes, at their time
    }
}
