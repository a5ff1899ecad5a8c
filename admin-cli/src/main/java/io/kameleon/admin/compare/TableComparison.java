package io.kameleon.admin.compare;

import static java.util.Objects.requireNonNull;

import io.kameleon.reader.server.SourceServer;
import io.kameleon.replay.apply.DestinationErrors;
import io.kameleon.replay.row.NulPolicy;
import io.kameleon.replay.row.ZeroDatePolicy;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Compares one table on both sides, row by row, in memory that does not grow with the table.
 *
 * <p>Rows are never ordered, since the two servers order text differently (F38): a first pass adds up hashes of the rows in
 * buckets, and a second one looks only at the rows of buckets that differ. The sides are read as of two moments, so that under
 * a running replica rows in flight differ: {@link #recheck} looks at them again.
 *
 * <p>One thread at a time; while it works, it alone uses both connections. PostgreSQL's must not have a transaction open.
 * Errors are {@link ReplicationException}s of the side that failed; those that can be retried say so by their code.
 */
public final class TableComparison {
    /** Rows per side that the second pass looks at. */
    static final int ROWS_LISTED_MAX = 100_000;

    /** Up to so many differing rows are looked up by their keys; for more the table is read again. */
    private static final int KEYS_LOOKED_UP_MAX = 2_000;

    private static final int KEYS_PER_QUERY = 200;
    private static final int FETCH_ROWS = 1_000;
    /** Where a row may have megabytes. */
    private static final int FETCH_ROWS_LARGE = 32;

    private final SourceServer server;
    private final Connection connection;
    private final CompareTarget target;
    private final long rowsEstimated;
    private final CompareProgress progress;
    private final int rowsListedMax;
    private final ConversionTally tally;

    /** @param rowsEstimated by the source's statistics; 0 when unknown */
    public TableComparison(
            SourceServer server,
            Connection connection,
            CompareTarget target,
            long rowsEstimated,
            CompareProgress progress) {
        this(server, connection, target, rowsEstimated, progress, ROWS_LISTED_MAX);
    }

    TableComparison(
            SourceServer server,
            Connection connection,
            CompareTarget target,
            long rowsEstimated,
            CompareProgress progress,
            int rowsListedMax) {
        this.server = requireNonNull(server, "server");
        this.connection = requireNonNull(connection, "connection");
        this.target = requireNonNull(target, "target");
        this.rowsEstimated = rowsEstimated;
        this.progress = requireNonNull(progress, "progress");
        this.rowsListedMax = rowsListedMax;
        this.tally = new ConversionTally(target.values());
    }

    /** Reads both sides whole. */
    public CompareReport compare() {
        long start = System.nanoTime();
        try (var transaction = DestinationTransaction.open(connection)) {
            DestinationStructure structure = structure();
            if (!structure.exists()) {
                return CompareReport.failed(target, "The destination has no such table", millisSince(start));
            }
            TablePlan plan = TablePlan.of(target, structure, tally);
            if (plan.columns().isEmpty()) {
                return CompareReport.failed(target, "The two tables have no column in common", millisSince(start));
            }
            return compare(plan, start);
        }
    }

    /**
     * Looks again at the rows that an earlier report lists, and keeps those that still differ. Reads the whole table again when
     * the report does not list all of them.
     *
     * @param earlier made by this object
     */
    public CompareReport recheck(CompareReport earlier) {
        if (!earlier.canSettle()) {
            return earlier;
        }
        if (!earlier.differences().isComplete()) {
            return compare();
        }
        long start = System.nanoTime();
        try (var transaction = DestinationTransaction.open(connection)) {
            TablePlan plan = TablePlan.of(target, structure(), tally);
            Differences now = readAgain(plan, keysOf(earlier.differences()));
            return new CompareReport(
                    earlier.table(),
                    earlier.destination(),
                    earlier.sourceRows(),
                    earlier.destinationRows(),
                    plan.facts(),
                    now,
                    now.isEmpty()
                            ? withNote(earlier.notes(), "Rows were in flight; looked at again, they are equal")
                            : earlier.notes(),
                    Optional.empty(),
                    earlier.millis() + millisSince(start));
        }
    }

    private CompareReport compare(TablePlan plan, long start) {
        tally.clear();
        var source = new BucketSums(BucketSums.bucketsFor(rowsEstimated));
        var destination = new BucketSums(source.buckets());
        addUp(plan, source, destination);
        List<String> notes = notes(plan);
        BitSet differing = source.differing(destination);
        Differences differences = Differences.NONE;
        if (!differing.isEmpty()) {
            differences = inspect(plan, differing, source, destination);
            if (differences.isEmpty()) {
                notes = withNote(notes, "Rows were in flight; looked at again, they are equal");
            }
        }
        return new CompareReport(
                target.source().id(),
                target.destination(),
                source.rows(),
                destination.rows(),
                plan.facts(),
                differences,
                notes,
                Optional.empty(),
                millisSince(start));
    }

    private void addUp(TablePlan plan, BucketSums source, BucketSums destination) {
        var counted = new RowProgress(progress, target.source().id(), rowsEstimated);
        new PairedRead()
                .run(
                        table(),
                        stop -> addUp(plan, sourceSide(plan), source, counted.source(), stop),
                        stop -> addUp(plan, destinationSide(plan), destination, counted.destination(), stop));
    }

    private static void addUp(
            TablePlan plan, TableSide side, BucketSums sums, RowProgress.SideCounter counter, BooleanSupplier stop) {
        var hash = new RowHash();
        side.read(
                "",
                values -> {
                    Hash128 row = plan.rowHash(values, hash);
                    sums.add(plan.key().isEmpty() ? row : plan.keyHash(values, hash), row);
                    counter.row();
                },
                stop);
        counter.flush();
    }

    /** The second pass: the rows of as many differing buckets as the limit allows. */
    private Differences inspect(TablePlan plan, BitSet differing, BucketSums source, BucketSums destination) {
        var chosen = new BitSet(differing.size());
        long rowsChosen = 0;
        long rowsLeft = 0;
        for (int bucket = differing.nextSetBit(0); bucket >= 0; bucket = differing.nextSetBit(bucket + 1)) {
            long rows = Math.max(source.rows(bucket), destination.rows(bucket));
            if (chosen.isEmpty() || rowsChosen + rows <= rowsListedMax) {
                chosen.set(bucket);
                rowsChosen += rows;
            } else {
                rowsLeft += rows;
            }
        }
        int buckets = source.buckets();
        var collected = new Collected(plan, key -> chosen.get(BucketSums.bucketOf(key, buckets)), 2 * rowsListedMax);
        collected.read("", "");
        if (collected.isFull()) {
            return Differences.NONE.withUnlisted(differing.cardinality(), rowsChosen + rowsLeft);
        }
        return collected.match().withUnlisted(differing.cardinality() - chosen.cardinality(), rowsLeft);
    }

    private Differences readAgain(TablePlan plan, List<RowKey> keys) {
        Map<Hash128, RowKey> wanted = new LinkedHashMap<>();
        keys.forEach(key -> wanted.put(key.hash(), key));
        var collected = new Collected(plan, wanted::containsKey, 2 * rowsListedMax + wanted.size());
        if (canLookUp(plan, keys)) {
            for (int from = 0; from < keys.size(); from += KEYS_PER_QUERY) {
                List<RowKey> some = keys.subList(from, Math.min(from + KEYS_PER_QUERY, keys.size()));
                collected.read(
                        KeyPredicates.ofSource(plan.keyColumns(), some),
                        KeyPredicates.ofDestination(plan.keyColumns(), some));
            }
        } else {
            collected.read("", "");
        }
        return collected.match();
    }

    /** A key that has lost a NUL character would not be found by what is left of it. */
    private boolean canLookUp(TablePlan plan, List<RowKey> keys) {
        return keys.size() <= KEYS_LOOKED_UP_MAX
                && tally.nulValues() == 0
                && KeyPredicates.canSelect(plan.keyColumns(), keys);
    }

    private static List<RowKey> keysOf(Differences differences) {
        return differences.listed().stream().map(Difference::key).distinct().toList();
    }

    /** The rows of both sides that a predicate wants. */
    private final class Collected {
        private final TablePlan plan;
        private final CollectedRows source;
        private final CollectedRows destination;

        Collected(TablePlan plan, Predicate<Hash128> wanted, int distinctRowsMax) {
            this.plan = plan;
            this.source = new CollectedRows(plan, wanted, distinctRowsMax);
            this.destination = new CollectedRows(plan, wanted, distinctRowsMax);
        }

        void read(String sourcePredicate, String destinationPredicate) {
            new PairedRead()
                    .run(table(), stop -> sourceSide(plan).read(sourcePredicate, source, stop), stop -> destinationSide(
                                    plan)
                            .read(destinationPredicate, destination, stop));
        }

        boolean isFull() {
            return source.isFull() || destination.isFull();
        }

        Differences match() {
            return new RowMatching(plan, rowsListedMax).match(source, destination);
        }
    }

    private TableSide sourceSide(TablePlan plan) {
        return new SourceSide(server, target.source().id(), plan.columns(), fetchRows());
    }

    private TableSide destinationSide(TablePlan plan) {
        return new DestinationSide(connection, target, plan.columns(), fetchRows());
    }

    private int fetchRows() {
        return hasLargeValues(target.source()) ? FETCH_ROWS_LARGE : FETCH_ROWS;
    }

    private static boolean hasLargeValues(TableDefinition table) {
        return table.columns().stream().map(c -> c.type().kind()).anyMatch(kind -> switch (kind) {
            case TEXT, MEDIUMTEXT, LONGTEXT, BLOB, MEDIUMBLOB, LONGBLOB, JSON, GEOMETRY, VECTOR -> true;
            default -> false;
        });
    }

    private DestinationStructure structure() {
        try {
            return DestinationStructure.read(connection, target.destinationSchema(), target.destinationTable());
        } catch (SQLException e) {
            throw DestinationErrors.translate(e, null);
        }
    }

    private List<String> notes(TablePlan plan) {
        var notes = new ArrayList<>(plan.notes());
        if (tally.nulValues() > 0) {
            notes.add(tally.nulValues() + " values have NUL characters on the source, which are compared "
                    + (target.values().nul() == NulPolicy.REPLACE ? "replaced" : "without them"));
        }
        if (tally.zeroDates() > 0) {
            boolean infinite = target.values().zeroDates() == ZeroDatePolicy.INFINITY;
            notes.add(tally.zeroDates() + " dates of the source are not in the calendar; they count as "
                    + (infinite ? "-infinity" : "NULL, or as -infinity where NULL is not allowed"));
        }
        return notes;
    }

    private static List<String> withNote(List<String> notes, String note) {
        var more = new ArrayList<>(notes);
        if (!more.contains(note)) {
            more.add(note);
        }
        return more;
    }

    private String table() {
        return target.source().id().toString();
    }

    private static long millisSince(long startNanos) {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }
}
