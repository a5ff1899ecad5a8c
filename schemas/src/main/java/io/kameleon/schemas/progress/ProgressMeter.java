package io.kameleon.schemas.progress;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.record.ProgressRecord;
import io.kameleon.schemas.record.Side;
import io.kameleon.schemas.record.TableCountRecord;
import io.kameleon.schemas.table.TableId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what one side does for one source. Called per batch, never per row, so that it costs the rows nothing.
 *
 * <p>A measure for people and alarms, not a ledger: what was counted and not yet sent is lost with the process. Positions and the exact
 * counts are in the catalogue. Bounded: beyond {@value #TABLES_MAX} tables it counts without telling which. Thread-safe.
 */
public final class ProgressMeter {
    /** Tables that are counted one by one. */
    public static final int TABLES_MAX = 10_000;
    /** Tables in one record; more make further records. */
    static final int TABLES_PER_RECORD = 500;

    private static final int MESSAGE_LENGTH_MAX = 1000;
    private static final String INSTANCE =
            ProcessHandle.current().pid() + "@" + System.getenv().getOrDefault("HOSTNAME", "localhost");

    private final String source;
    private final Side side;
    private final Clock clock;
    private final Map<TableId, TableTally> tables = new HashMap<>();
    private final Map<TableId, TableTally> unsentTables = new LinkedHashMap<>();
    private final Map<String, Long> errors = new HashMap<>();
    private final Map<Measure.Series, Long> measures = new HashMap<>();
    private TableTally allTables = TableTally.NONE;
    private final long[] batchTimes = new long[LagBuckets.SIZE];
    /** 0 before the first. */
    private volatile long polledAtMillis;

    private final long[] lags = new long[LagBuckets.SIZE];
    private long[] unsentLags = new long[LagBuckets.SIZE];
    private String phase = "STARTING";
    private Place place = Place.NONE;
    private long workedAtMillis;
    private Work done = Work.NONE;
    private Work unsent = Work.NONE;
    private long waits;
    private long unsentErrors;
    private String errorCode;
    private String errorMessage;

    /**
     * Where a side stands.
     *
     * @param file         with position: after the last source transaction; empty before the first
     * @param sourceMillis commit time on the source of the last transaction; 0 before the first
     * @param nextOffset   the first offset that is not applied; -1 when unknown
     */
    public record Place(String file, long position, String gtid, long sourceMillis, long nextOffset) {
        static final Place NONE = new Place("", 0, "", 0, -1);

        public Place {
            requireNonNull(file, "file");
            requireNonNull(gtid, "gtid");
        }
    }

    /** What a batch had in it. @param millis in which PostgreSQL was at work for it */
    public record Work(long rows, long transactions, long schemaChanges, long batches, long millis) {
        public static final Work NONE = new Work(0, 0, 0, 0, 0);

        Work plus(Work other) {
            return new Work(
                    rows + other.rows,
                    transactions + other.transactions,
                    schemaChanges + other.schemaChanges,
                    batches + other.batches,
                    millis + other.millis);
        }
    }

    public ProgressMeter(String source, Side side, Clock clock) {
        this.source = requireNonNull(source, "source");
        this.side = requireNonNull(side, "side");
        this.clock = requireNonNull(clock, "clock");
    }

    public String source() {
        return source;
    }

    public Side side() {
        return side;
    }

    /** A batch has ended at a place. Its lag is that of its last transaction, counted for each of them. */
    public synchronized void batch(Place at, Work work) {
        phase = "WORKING";
        place = at;
        workedAtMillis = clock.millis();
        done = done.plus(work);
        unsent = unsent.plus(work);
        batchTimes[LagBuckets.indexOf(work.millis())] += work.batches();
        if (work.transactions() > 0 && at.sourceMillis() > 0) {
            int bucket = LagBuckets.indexOf(workedAtMillis - at.sourceMillis());
            lags[bucket] += work.transactions();
            unsentLags[bucket] += work.transactions();
        }
    }

    /** Rows of one table, in a batch that has ended or is about to. */
    public synchronized void table(TableId table, TableTally tally) {
        allTables = allTables.plus(tally);
        if (tables.size() < TABLES_MAX || tables.containsKey(table)) {
            tables.merge(table, tally, TableTally::plus);
            unsentTables.merge(table, tally, TableTally::plus);
        }
    }

    /** Adds to a counter. @param value of its label; empty without one */
    public synchronized void count(Measure measure, String value, long more) {
        if (more > 0) {
            measures.merge(new Measure.Series(measure, value), more, Long::sum);
        }
    }

    /** States a gauge. */
    public synchronized void state(Measure measure, long now) {
        measures.put(new Measure.Series(measure, ""), now);
    }

    /** Kafka was asked for records. */
    public void polled() {
        polledAtMillis = clock.millis();
    }

    /** An error that concerns a row or a table; the side goes on. */
    public synchronized void error(ErrorCode code, String message) {
        errors.merge(code.name(), 1L, Long::sum);
        unsentErrors++;
        errorCode = code.name();
        errorMessage = message.length() > MESSAGE_LENGTH_MAX ? message.substring(0, MESSAGE_LENGTH_MAX) : message;
    }

    /** The other side is away: tried again by itself. */
    public synchronized void waiting(ErrorCode code, String message) {
        if (!phase.equals("WAITING")) {
            waits++;
            error(code, message);
        }
        phase = "WAITING";
    }

    public synchronized void stopped() {
        phase = "STOPPED";
    }

    public synchronized ProgressTotals totals() {
        return new ProgressTotals(
                source,
                side,
                phase,
                place.file(),
                place.position(),
                place.sourceMillis(),
                workedAtMillis,
                place.nextOffset(),
                done.rows(),
                done.transactions(),
                done.batches(),
                done.millis(),
                done.schemaChanges(),
                waits,
                boxed(lags),
                boxed(batchTimes),
                polledAtMillis,
                errors,
                allTables,
                measures,
                tables);
    }

    /** What is new since the last call, as records; the first has all but the tables that found no room in it. Never empty. */
    synchronized List<ProgressRecord> take() {
        var parts = new ArrayList<List<TableCountRecord>>();
        parts.add(new ArrayList<>());
        unsentTables.forEach((table, tally) -> {
            if (parts.get(parts.size() - 1).size() == TABLES_PER_RECORD) {
                parts.add(new ArrayList<>());
            }
            parts.get(parts.size() - 1).add(record(table, tally));
        });
        var records = new ArrayList<ProgressRecord>();
        for (List<TableCountRecord> part : parts) {
            records.add(record(part));
            unsent = Work.NONE;
            unsentLags = new long[LagBuckets.SIZE];
            unsentErrors = 0;
            errorCode = null;
            errorMessage = null;
        }
        unsentTables.clear();
        return records;
    }

    private static TableCountRecord record(TableId table, TableTally tally) {
        return new TableCountRecord(
                table.schema(),
                table.name(),
                tally.inserts(),
                tally.updates(),
                tally.deletes(),
                tally.missing(),
                tally.discarded());
    }

    private ProgressRecord record(List<TableCountRecord> counted) {
        return ProgressRecord.newBuilder()
                .setSource(source)
                .setSide(side)
                .setTsMs(clock.millis())
                .setSourceTsMs(place.sourceMillis() == 0 ? null : place.sourceMillis())
                .setFile(place.file())
                .setPos(place.position())
                .setGtid(place.gtid())
                .setNextOffset(place.nextOffset())
                .setRows(unsent.rows())
                .setTransactions(unsent.transactions())
                .setErrors(unsentErrors)
                .setTables(counted)
                .setInstance(INSTANCE)
                .setPhase(phase)
                .setBatches(unsent.batches())
                .setBatchMillis(unsent.millis())
                .setSchemaChanges(unsent.schemaChanges())
                .setLagCounts(unsent.transactions() == 0 ? List.of() : boxed(unsentLags))
                .setErrorCode(errorCode)
                .setErrorMessage(errorMessage)
                .build();
    }

    private static List<Long> boxed(long[] counts) {
        var list = new ArrayList<Long>(counts.length);
        for (long count : counts) {
            list.add(count);
        }
        return Collections.unmodifiableList(list);
    }
}
