package io.kameleon.replay.apply;

import io.kameleon.schemas.error.ReplicationException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Applies one table's changes when some of them are refused: halves them, each part under a savepoint, until the refused rows
 * stand alone. One use.
 *
 * <p>A row that is refused for a unique violation may only lack the other half of a swap, so it waits until all others are
 * applied and is then tried again, together with those that wait as well, then alone as long as that helps. A swap that waits
 * together with a row in true conflict is refused with it: kept whole, like every refused row.
 */
final class CarefulTable {
    private static final String UNIQUE_VIOLATION = "23505";
    /** Keeps the effort linear when very many rows are in conflict. */
    private static final int WAITING_PASSES_MAX = 20;

    private static final String TABLE_SAVEPOINT = "kameleon_table";
    private static final String PART_SAVEPOINT = "kameleon_part";

    private final BatchWriter writer;
    private final TableBatch batch;
    private final FailureSink sink;
    private final List<Refusal> refusals = new ArrayList<>();
    private final List<Refusal> waiting = new ArrayList<>();
    private TableCounts counts = TableCounts.NONE;

    private record Refusal(RowChange change, ReplicationException cause) {
        String sqlState() {
            return DestinationErrors.sqlState(cause);
        }
    }

    CarefulTable(BatchWriter writer, TableBatch batch, FailureSink sink) {
        this.writer = writer;
        this.batch = batch;
        this.sink = sink;
    }

    /** @return missing and conflicts; empty when the whole table failed */
    Optional<TableCounts> apply() {
        writer.command("SAVEPOINT " + TABLE_SAVEPOINT);
        try {
            applyPart(batch.changes());
            applyWaiting();
        } catch (ReplicationException e) {
            if (!BatchWriter.concernsTable(e)) {
                throw e;
            }
            rollback(TABLE_SAVEPOINT);
            sink.tableFailed(batch.target(), e);
            return Optional.empty();
        }
        writer.command("RELEASE SAVEPOINT " + TABLE_SAVEPOINT);
        refusals.forEach(this::report);
        return Optional.of(counts);
    }

    private void applyPart(List<RowChange> part) {
        Optional<ReplicationException> failure = attempt(part);
        if (failure.isEmpty()) {
            return;
        }
        if (part.size() > 1) {
            int middle = part.size() / 2;
            applyPart(part.subList(0, middle));
            applyPart(part.subList(middle, part.size()));
            return;
        }
        var refusal = new Refusal(part.get(0), failure.get());
        (refusal.sqlState().equals(UNIQUE_VIOLATION) ? waiting : refusals).add(refusal);
    }

    private void applyWaiting() {
        for (int pass = 0; pass < WAITING_PASSES_MAX && !waiting.isEmpty(); pass++) {
            List<RowChange> all = waiting.stream().map(Refusal::change).toList();
            if (attempt(all).isEmpty()) {
                waiting.clear();
            } else if (!waiting.removeIf(r -> attempt(List.of(r.change())).isEmpty())) {
                break;
            }
            Collections.reverse(waiting); // a chain of moved values resolves from one of its ends
        }
        refusals.addAll(waiting);
    }

    /** @return why PostgreSQL refuses a row of the part, which is then undone; empty when it is applied */
    private Optional<ReplicationException> attempt(List<RowChange> part) {
        writer.command("SAVEPOINT " + PART_SAVEPOINT);
        try {
            counts = counts.plus(writer.applyCarefully(batch, part));
        } catch (ReplicationException e) {
            if (!BatchWriter.concernsRow(e)) {
                throw e;
            }
            rollback(PART_SAVEPOINT);
            return Optional.of(e);
        }
        writer.command("RELEASE SAVEPOINT " + PART_SAVEPOINT);
        return Optional.empty();
    }

    private void rollback(String savepoint) {
        writer.command("ROLLBACK TO SAVEPOINT " + savepoint);
        writer.command("RELEASE SAVEPOINT " + savepoint);
    }

    private void report(Refusal refusal) {
        RowChange change = refusal.change();
        sink.refused(batch.target(), change.last(), change.key(), change.value(), refusal.cause(), refusal.sqlState());
    }
}
