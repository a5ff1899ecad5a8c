package io.kameleon.reader.publish;

import io.kameleon.reader.binlog.BinlogStream;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.progress.Measure;
import io.kameleon.schemas.progress.ProgressMeter;
import io.kameleon.schemas.progress.ProgressMeter.Place;
import io.kameleon.schemas.progress.ProgressMeter.Work;
import io.kameleon.schemas.progress.TableTally;
import io.kameleon.schemas.table.TableId;

/**
 * Tells the meter what each Kafka transaction has added, from the totals in the read states. {@link #committed} belongs to the writer's
 * thread, everything else to the session's.
 */
final class ReadProgress {
    private final ProgressMeter meter;
    private long rows;
    private long transactions;
    private boolean insideBefore;

    ReadProgress(ProgressMeter meter, ReadState start) {
        this.meter = meter;
        this.rows = start.rowsTotal();
        this.transactions = start.transactionsTotal();
    }

    void table(TableId table, TableTally tally) {
        meter.table(table, tally);
    }

    /** What the session's thread has to tell with a commit. @param inside whether the source transaction goes on behind it */
    void session(EventHandler handler, BinlogStream stream, TopicWriter writer, boolean inside) {
        handler.tellCounts(meter);
        meter.state(Measure.READER_QUEUE_BYTES, stream.queuedBytes());
        meter.count(Measure.PRODUCER_BYTES, "", writer.bytes());
        if (inside && !insideBefore) {
            meter.count(Measure.READER_LARGE_TRANSACTIONS, "", 1);
        }
        insideBefore = inside;
    }

    /** What came last: the event that ended the session is among it. */
    void ended(EventHandler handler) {
        handler.tellCounts(meter);
    }

    /** A commit may stand for earlier ones too: the difference counts. */
    void committed(ReadState state) {
        BinlogCoordinates at = state.position().coordinates();
        var place = new Place(at.file(), at.position(), state.position().gtidSet(), state.lastEventMillis(), -1);
        meter.batch(place, new Work(state.rowsTotal() - rows, state.transactionsTotal() - transactions, 0, 1, 0));
        rows = state.rowsTotal();
        transactions = state.transactionsTotal();
    }
}
