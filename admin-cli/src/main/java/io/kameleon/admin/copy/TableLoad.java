package io.kameleon.admin.copy;

import io.kameleon.admin.copy.CopyPlan.Planned;
import io.kameleon.reader.snapshot.KeyRange;
import io.kameleon.reader.snapshot.TableCopy;
import io.kameleon.reader.snapshot.TableSnapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * One table under way: its ranges go to several workers, the last of which ends it. Thread-safe.
 */
final class TableLoad {
    private final Planned planned;
    private final ControlSessions.Session control;
    private final TableCopy copy;
    private final RangeLoadFactory loads;
    private int open;
    private boolean exhausted;
    private boolean ended;
    /** A range looked up and not handed out yet. */
    private KeyRange ahead;

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

    synchronized Optional<KeyRange> take() {
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

    /** A range is in PostgreSQL. */
    synchronized void loaded() {
        open--;
    }

    /** The snapshot, once: for the worker that finds every range loaded. */
    synchronized Optional<TableSnapshot> end() {
        if (ended || open > 0 || !isExhausted()) {
            return Optional.empty();
        }
        ended = true;
        TableSnapshot snapshot = copy.finish();
        control.giveBack();
        return Optional.of(snapshot);
    }

    void cancel() {
        copy.cancel();
        control.abort();
    }
}
