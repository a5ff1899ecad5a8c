package io.kameleon.admin.copy;

import io.kameleon.admin.copy.CopyPlan.Planned;
import io.kameleon.reader.snapshot.KeyRange;
import io.kameleon.reader.snapshot.TableCopy;
import io.kameleon.reader.snapshot.TableSnapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * One table under way: its ranges and then its indexes go to several workers, the last of which completes it. Thread-safe.
 */
final class TableLoad {
    private final Planned planned;
    private final ControlSessions.Session control;
    private final TableCopy copy;
    private final RangeLoadFactory loads;
    private boolean controlled = true;
    private int open;
    private boolean exhausted;
    /** A range looked up and not handed out yet. */
    private KeyRange ahead;

    private final Deque<String> indexes = new ArrayDeque<>();
    private int indexesOpen;
    /** Once all ranges are in. */
    private TableSnapshot snapshot;

    /** What a worker does at a time. */
    sealed interface Task {
        TableLoad load();

        record Range(TableLoad load, KeyRange range) implements Task {}

        record Index(TableLoad load, String statement) implements Task {}
    }

    /** Each worker loads through one of its own. */
    @FunctionalInterface
    interface RangeLoadFactory {
        RangeLoad create(Connection connection) throws SQLException;
    }

    /** @param control the copy's control session, given back or aborted with this */
    TableLoad(Planned planned, ControlSessions.Session control, TableCopy copy, RangeLoadFactory loads) {
        this.planned = planned;
        this.control = control;
        this.copy = copy;
        this.loads = loads;
    }

    Planned planned() {
        return planned;
    }

    TableCopy copy() {
        return copy;
    }

    /** @param connection the worker's, to look at the destination with */
    RangeLoad newLoad(Connection connection) throws SQLException {
        return loads.create(connection);
    }

    /** Work to begin now: a range, or an index once all ranges are in. */
    synchronized Optional<Task> take() {
        Optional<KeyRange> range = takeRange();
        if (range.isPresent()) {
            return Optional.of(new Task.Range(this, range.get()));
        }
        String index = indexes.poll();
        return index == null ? Optional.empty() : Optional.of(new Task.Index(this, index));
    }

    private Optional<KeyRange> takeRange() {
        if (exhausted) {
            return Optional.empty();
        }
        Optional<KeyRange> range = ahead == null ? copy.next() : Optional.of(ahead);
        ahead = null;
        if (range.isPresent()) {
            open++;
        } else {
            exhausted = true;
        }
        return range;
    }

    /** The last range handed out is not known to be the last before the next one is asked for; then it is kept. */
    private boolean isExhausted() {
        if (!exhausted && ahead == null) {
            ahead = copy.next().orElse(null);
            exhausted = ahead == null;
        }
        return exhausted;
    }

    /** A range is in PostgreSQL. @return whether it was the last: then {@link #endRows} is this worker's to call */
    synchronized boolean loaded() {
        open--;
        return open == 0 && isExhausted();
    }

    /** Takes the consistent point. The indexes come with {@link #build}. */
    synchronized TableSnapshot endRows() {
        TableSnapshot end = copy.finish();
        control.giveBack();
        controlled = false;
        return end;
    }

    /** Hands out the indexes from now on. @return false when there is none, so that the table is complete */
    synchronized boolean build(TableSnapshot end, List<String> statements) {
        snapshot = end;
        indexes.addAll(statements);
        indexesOpen = statements.size();
        return indexesOpen > 0;
    }

    /** An index is built. @return whether it was the last: then the table is this worker's to complete */
    synchronized boolean built() {
        indexesOpen--;
        return indexesOpen == 0;
    }

    synchronized TableSnapshot snapshot() {
        return snapshot;
    }

    /** Cuts what reads; an index that is being built is left to PostgreSQL. */
    synchronized void cancel() {
        copy.cancel();
        if (controlled) {
            control.abort();
        }
    }
}
