package io.kameleon.replay.consume;

import io.kameleon.catalogue.config.SourceConfig.AutoResync;
import io.kameleon.catalogue.config.SourceConfig.OnReplayError;
import io.kameleon.catalogue.config.TableFilter;
import io.kameleon.catalogue.store.ErrorStore;
import io.kameleon.catalogue.store.LoggedError;
import io.kameleon.catalogue.store.PgErrors;
import io.kameleon.catalogue.store.ReplicaTable;
import io.kameleon.catalogue.store.ReplicaTable.Reason;
import io.kameleon.catalogue.store.ReplicaTable.State;
import io.kameleon.catalogue.store.Resync.Cause;
import io.kameleon.catalogue.store.ResyncStore;
import io.kameleon.catalogue.store.TableStore;
import io.kameleon.replay.apply.DestinationErrors;
import io.kameleon.replay.apply.FailureSink;
import io.kameleon.replay.apply.TableTarget;
import io.kameleon.replay.ddl.DestinationNames;
import io.kameleon.replay.row.RowOperation;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.progress.Measure;
import io.kameleon.schemas.progress.ProgressMeter;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what could not be applied, in the transaction that goes on without it: refused rows whole, disabled tables with their
 * reason. One thread only.
 */
final class Failures implements FailureSink {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final String source;
    private final String topic;
    private final Connection connection;
    private final TableTargets targets;
    private final TableFilter filter;
    private final CountLedger counts;
    private final ProgressMeter progress;
    private final ErrorStore errors = new ErrorStore();
    private final DiscardedRows discarded;
    private final TableStore tables = new TableStore();
    private final ResyncStore resyncs = new ResyncStore();
    private final OnReplayError onError;
    private final AutoResync autoResync;
    private long offset;
    /** Of the statement under way; empty for rows. */
    private Optional<BinlogCoordinates> statementAt = Optional.empty();

    Failures(
            ReplaySettings settings,
            Connection connection,
            TableTargets targets,
            CountLedger counts,
            ProgressMeter progress) {
        this.progress = progress;
        this.source = settings.source();
        this.topic = settings.topic();
        this.connection = connection;
        this.targets = targets;
        this.filter = settings.filter();
        this.counts = counts;
        this.discarded = new DiscardedRows(settings, connection);
        this.onError = settings.onError();
        this.autoResync = settings.autoResync();
    }

    /** The record under way. */
    void at(ConsumerRecord<byte[], byte[]> message) {
        offset = message.offset();
        statementAt = Optional.empty();
    }

    /** The statement under way. */
    void at(BinlogCoordinates coordinates) {
        statementAt = Optional.of(coordinates);
    }

    @Override
    public void refused(
            TableTarget target,
            RowOperation operation,
            byte[] key,
            byte[] value,
            ReplicationException cause,
            String sqlState) {
        TableId table = target.format().table();
        try {
            copyAgain(table, Cause.FAILURE);
            discarded.add(target, operation, value, cause, sqlState, offset);
        } catch (SQLException e) {
            throw notKept(e);
        }
        counts.discarded(table);
        told(sqlState);
        progress.error(cause.code(), cause.getMessage());
    }

    @Override
    public void tableFailed(TableTarget target, ReplicationException cause) {
        tableFailed(target.format().table(), cause);
    }

    void tableFailed(TableId table, ReplicationException cause) {
        boolean unknown = cause.code() == ErrorCode.ROW_IMAGE_INCOMPLETE; // only the source knows the row
        disable(table, unknown ? Cause.STATEMENT : Cause.FAILURE, cause, "", Optional.empty());
    }

    /** As a table that a statement left in a state that only a copy mends. @param statement of the source; empty when it was none */
    void disable(TableId table, ReplicationException cause, String sqlState, Optional<String> statement) {
        disable(table, Cause.STATEMENT, cause, sqlState, statement);
    }

    private void disable(
            TableId table, Cause why, ReplicationException cause, String sqlState, Optional<String> statement) {
        try {
            errors.add(connection, entry(table, cause, sqlState, statement));
            if (targets.table(table).isEmpty()) { // it came with the stream and never worked
                String schema = filter.destinationSchema(table.schema()).orElse(table.schema());
                tables.put(connection, source, table, schema, DestinationNames.table(table.name()), State.COPYING);
            }
            tables.disable(connection, source, table, new Reason(cause.code().name(), cause.getMessage()));
            copyAgain(table, why);
            targets.changed(table);
        } catch (SQLException e) {
            throw notKept(e);
        }
        told(sqlState.isEmpty() ? DestinationErrors.sqlState(cause) : sqlState);
        progress.error(cause.code(), cause.getMessage());
        LOG.error("Table disabled source={} table={} cause=\"{}\"", source, table, cause.getMessage());
    }

    private void told(String sqlState) {
        if (!sqlState.isEmpty()) {
            progress.count(Measure.APPLY_REFUSALS, sqlState, 1);
        }
    }

    /** A row of a table that is not replicated now acted on other tables: what it did there cannot be known. */
    void childrenLost(Set<TableId> children, TableId parent, BinlogCoordinates at) {
        for (TableId child : children) {
            if (targets.table(child)
                    .filter(table -> table.state() == State.REPLICATED)
                    .isPresent()) {
                disable(
                        child,
                        new ReplicationException(
                                ErrorCode.STATEMENT_UNSUPPORTED,
                                "A foreign key changed rows because of a row of " + parent
                                        + ", which is not replicated at this time",
                                new TreeMap<>(Map.of("source", source, "table", child, "at", at)),
                                "Copy it again with 'kameleon sync_tables', if it is not done by itself."),
                        "",
                        Optional.empty());
            }
        }
    }

    /** Queues the table when the configuration wants it copied again by itself. */
    void copyAgain(TableId table, Cause why) throws SQLException {
        boolean wanted = why == Cause.FAILURE ? onError == OnReplayError.RESYNC : autoResync == AutoResync.ON;
        boolean paused = targets.table(table).filter(ReplicaTable::isPaused).isPresent();
        if (wanted && !paused && filter.includes(table)) {
            resyncs.request(connection, source, table, why);
        }
    }

    private LoggedError.Entry entry(
            TableId table, ReplicationException cause, String sqlState, Optional<String> statement) {
        return new LoggedError.Entry(
                source,
                Optional.of(table),
                cause.code().name(),
                Optional.of(sqlState).filter(s -> !s.isEmpty()),
                cause.getMessage(),
                statement,
                statementAt,
                Optional.of(topic),
                OptionalLong.of(offset));
    }

    private ReplicationException notKept(SQLException cause) {
        ReplicationException translated =
                PgErrors.translate(cause, "A refused row or table cannot be kept", Map.of("source", source));
        return translated.code().handling() == ErrorCode.Handling.RETRY
                ? translated
                : new ReplicationException(
                        ErrorCode.INTERNAL,
                        "A refused row or table cannot be kept in the catalogue",
                        Map.of("source", source),
                        "Replay stops, so that nothing is lost; check the catalogue's tables.",
                        cause);
    }
}
