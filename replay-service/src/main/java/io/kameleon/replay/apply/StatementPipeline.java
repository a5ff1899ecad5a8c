package io.kameleon.replay.apply;

import io.kameleon.replay.apply.BinaryStatements.BinaryParameter;
import io.kameleon.replay.apply.BinaryStatements.BinaryStatement;
import io.kameleon.replay.apply.BinaryStatements.Outcome;
import io.kameleon.replay.row.DestinationTable;
import io.kameleon.schemas.error.ReplicationException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Statements that go to PostgreSQL in one trip: they are gathered, then sent without waiting for each other's answers, and run in the
 * order in which they were added. What decides after an answer is told of it later, so it may add a statement, but not change
 * what was added meanwhile. One thread only.
 */
final class StatementPipeline {
    private static final int STATEMENTS_MAX = 64;
    private static final long BYTES_MAX = 1024 * 1024;

    private final BinaryStatements statements;
    private List<Waiting> waiting = new ArrayList<>();
    private long bytes;

    private record Waiting(DestinationTable table, BinaryStatement statement, LongConsumer rows) {}

    StatementPipeline(BinaryStatements statements) {
        this.statements = statements;
    }

    /**
     * Adds a statement; sends what is gathered when that is enough.
     *
     * @param table that a failure is reported for
     * @param rows  told how many rows the statement deleted, updated or inserted; may add another
     * @throws ReplicationException as {@link #drain}
     */
    void add(DestinationTable table, LongConsumer rows, String sql, BinaryParameter... parameters) {
        var statement = new BinaryStatement(sql, List.of(parameters));
        waiting.add(new Waiting(table, statement, rows));
        bytes += statement.bytes();
        if (waiting.size() >= STATEMENTS_MAX || bytes >= BYTES_MAX) {
            send();
        }
    }

    /**
     * Sends what is left, and what is added meanwhile.
     *
     * @throws ReplicationException of the first statement that fails, as {@link DestinationErrors} has it: those behind it were not run
     */
    void drain() {
        while (!waiting.isEmpty()) {
            send();
        }
    }

    /** Forgets what was not sent. */
    void clear() {
        waiting = new ArrayList<>();
        bytes = 0;
    }

    private void send() {
        List<Waiting> sent = waiting;
        clear();
        var outcome = new Outcome();
        try {
            statements.execute(sent.stream().map(Waiting::statement).toList(), outcome);
        } catch (SQLException e) {
            int failed = Math.min(outcome.rows().size(), sent.size() - 1);
            throw DestinationErrors.translate(e, sent.get(failed).table);
        }
        for (int i = 0; i < sent.size(); i++) {
            sent.get(i).rows.accept(outcome.rows().get(i));
        }
    }
}
