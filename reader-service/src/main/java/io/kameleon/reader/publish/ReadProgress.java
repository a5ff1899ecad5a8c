package io.kameleon.reader.publish;

import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.progress.ProgressMeter;
import io.kameleon.schemas.progress.ProgressMeter.Place;
import io.kameleon.schemas.progress.ProgressMeter.Work;
import io.kameleon.schemas.progress.TableTally;
import io.kameleon.schemas.table.TableId;

/**
 * Tells the meter what each Kafka transaction has added, from the totals in the read states. {@link #table} belongs to the session's
 * thread, {@link #committed} to the writer's.
 */
final class ReadProgress {
    private final ProgressMeter meter;
    private long rows;
    private long transactions;

    ReadProgress(ProgressMeter meter, ReadState start) {
        this.meter = meter;
        this.rows = start.rowsTotal();
        this.transactions = start.transactionsTotal();
    }

    void table(TableId table, TableTally tally) {
        meter.table(table, tally);
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
