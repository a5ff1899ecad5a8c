package io.kameleon.replay.consume;

import io.kameleon.catalogue.config.SourceConfig.AutoResync;
import io.kameleon.catalogue.store.NameStore;
import io.kameleon.catalogue.store.PgErrors;
import io.kameleon.catalogue.store.ReplicaTable;
import io.kameleon.catalogue.store.ReplicaTable.State;
import io.kameleon.catalogue.store.Resync;
import io.kameleon.catalogue.store.ResyncStore;
import io.kameleon.catalogue.store.TableStore;
import io.kameleon.replay.consume.CountLedger.DdlOutcome;
import io.kameleon.replay.ddl.ChangeStatements;
import io.kameleon.replay.ddl.DdlWriter;
import io.kameleon.replay.ddl.DestinationNames;
import io.kameleon.replay.ddl.SchemaChangeWriter;
import io.kameleon.replay.ddl.StatementTime;
import io.kameleon.replay.ddl.TableSwap;
import io.kameleon.replay.row.DestinationTableLookup;
import io.kameleon.replay.type.DestinationExtensions;
import io.kameleon.schemas.change.SchemaChange;
import io.kameleon.schemas.change.TableChange;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the source's statements: each changed table under its own savepoint, so that one that fails is disabled and the others go
 * on. Structure, catalogue and position commit together. One thread only.
 */
final class SchemaChangeApplier {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaChangeApplier.class);

    private final ReplaySettings settings;
    private final Connection connection;
    private final TableTargets targets;
    private final Failures failures;
    private final CountLedger counts;
    private final TableStore tables = new TableStore();
    private final ResyncStore resyncs = new ResyncStore();
    private final NameStore names = new NameStore();

    SchemaChangeApplier(
            ReplaySettings settings,
            Connection connection,
            TableTargets targets,
            Failures failures,
            CountLedger counts) {
        this.settings = settings;
        this.connection = connection;
        this.targets = targets;
        this.failures = failures;
        this.counts = counts;
    }

    /** @param at binlog coordinates of the statement, for messages */
    void apply(SchemaChange change, BinlogCoordinates at) throws SQLException {
        for (TableChange tableChange : change.changes()) {
            apply(tableChange, change, at);
        }
    }

    private void apply(TableChange change, SchemaChange statement, BinlogCoordinates at) throws SQLException {
        if (!(change instanceof TableChange.Stated)) {
            counts.outcome(follow(change, statement, at));
        }
    }

    private DdlOutcome follow(TableChange change, SchemaChange statement, BinlogCoordinates at) throws SQLException {
        Optional<ReplicaTable> known = targets.table(change.table());
        if (!isMapped(change)) {
            return DdlOutcome.IGNORED; // published before the mapping was removed
        }
        if (change instanceof TableChange.Altered altered
                && known.filter(table -> table.state() == State.DISABLED).isPresent()) {
            followName(known.get(), altered, statement);
            return DdlOutcome.IGNORED;
        }
        if (isLeftOut(change, known, at)) {
            return DdlOutcome.IGNORED;
        }
        if (known.isEmpty() && change instanceof TableChange.Altered altered) {
            TableId after = altered.after().id();
            failures.disable(after, neverCopied(after, at), "", Optional.of(statement.statement()));
            return DdlOutcome.QUARANTINED;
        }
        if (change instanceof TableChange.Unsupported unsupported) {
            failures.disable(change.table(), unsupported(unsupported, at), "", Optional.of(statement.statement()));
            return DdlOutcome.QUARANTINED;
        }
        Savepoint before = connection.setSavepoint();
        try {
            ChangeStatements written = writer(change).write(change, StatementTime.of(statement));
            execute(written);
            DdlOutcome outcome = record(change, written, at, statement);
            connection.releaseSavepoint(before);
            counts.schemaChange(change.table());
            LOG.info("Schema change applied source={} table={} at={}", settings.source(), change.table(), at);
            return outcome;
        } catch (ReplicationException e) {
            connection.rollback(before);
            failures.disable(change.table(), e, "", Optional.of(statement.statement()));
            return DdlOutcome.QUARANTINED;
        } catch (SQLException e) {
            if (PgErrors.isConnectionLost(e)) {
                throw e;
            }
            connection.rollback(before);
            failures.disable(
                    change.table(), failed(change, e, at), e.getSQLState(), Optional.of(statement.statement()));
            return DdlOutcome.QUARANTINED;
        }
    }

    private boolean isMapped(TableChange change) {
        var mappings = settings.filter().mappings();
        return mappings.containsKey(change.table().schema())
                || change instanceof TableChange.Altered altered
                        && mappings.containsKey(altered.after().id().schema());
    }

    /** A disabled table keeps its rows as they are, but takes a new name with it: the old one may go to another table. */
    private void followName(ReplicaTable table, TableChange.Altered change, SchemaChange statement)
            throws SQLException {
        TableId after = change.after().id();
        if (after.equals(table.id())) {
            return;
        }
        if (!rename(table, change, after)) {
            var reason =
                    new TableChange.Unsupported(after, "it was renamed from " + table.id() + ", which is disabled");
            failures.disable(after, unsupported(reason, null), "", Optional.of(statement.statement()));
        }
        targets.changed(table.id());
        targets.changed(after);
    }

    /** With its indexes, whose names have to be free too; where its structure is another one by now, at least by itself. */
    private boolean rename(ReplicaTable table, TableChange.Altered change, TableId after) throws SQLException {
        String schema = destinationSchema(after);
        String name = DestinationNames.table(after.name());
        TableDefinition moved = change.before().withId(after);
        List<String> columns =
                moved.columns().stream().map(ColumnDefinition::name).toList();
        var move = new TableChange.Altered(change.before(), moved, columns, "");
        boolean renamed = attempted(() -> execute(writer(move).write(move, StatementTime.ofHeader(0))))
                || attempted(() -> execute(new ChangeStatements(
                        TableSwap.rename(table.destinationSchema(), table.destinationTable(), schema, name),
                        List.of(),
                        "")));
        return renamed
                && attempted(() -> {
                    tables.rename(connection, settings.source(), table.id(), after, schema, name);
                    moveRequest(table.id(), after);
                });
    }

    @FunctionalInterface
    private interface Attempt {
        void run() throws SQLException;
    }

    /** @return false when it failed, and nothing of it is left. @throws SQLException when the connection is lost */
    private boolean attempted(Attempt attempt) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            attempt.run();
            connection.releaseSavepoint(before);
            return true;
        } catch (ReplicationException | SQLException e) {
            if (e instanceof SQLException lost && PgErrors.isConnectionLost(lost)) {
                throw lost;
            }
            connection.rollback(before);
            return false;
        }
    }

    private void moveRequest(TableId before, TableId after) throws SQLException {
        Optional<Resync> request = resyncs.find(connection, settings.source(), before);
        if (request.isPresent()) {
            resyncs.remove(connection, settings.source(), before);
            if (!request.get().phase().isOver()) {
                resyncs.request(
                        connection, settings.source(), after, request.get().cause());
            }
        }
    }

    /** A disabled table is left as it is; only a statement that makes it anew brings it back. */
    private boolean isLeftOut(TableChange change, Optional<ReplicaTable> known, BinlogCoordinates at)
            throws SQLException {
        if (change instanceof TableChange.Created) {
            return false;
        }
        if (known.isEmpty() && (change instanceof TableChange.Unsupported || change instanceof TableChange.Altered)) {
            return false; // it comes into the replica with rows that were never seen
        }
        if (known.isEmpty() || known.get().state() != State.REPLICATED) {
            return !(change instanceof TableChange.Dropped);
        }
        boolean takesRows = change instanceof TableChange.Truncated || change instanceof TableChange.RowsRemoved;
        return takesRows && isInCopy(known.get(), at);
    }

    /** A table without identity was copied at an exact position: rows that came after they were taken away are in the copy (F42). */
    private boolean isInCopy(ReplicaTable table, BinlogCoordinates at) throws SQLException {
        boolean before = table.consistentPoint()
                .filter(point -> at.isBefore(point.coordinates()))
                .isPresent();
        return before && (table.exact() || isKeyless(table));
    }

    private boolean isKeyless(ReplicaTable table) throws SQLException {
        return DestinationTableLookup.find(connection, table.destinationSchema(), table.destinationTable())
                .uniqueIndexes()
                .isEmpty();
    }

    private SchemaChangeWriter writer(TableChange change) throws SQLException {
        var types = settings.types().on(DestinationExtensions.find(connection));
        var ddl = new DdlWriter(types, settings.fillfactors().apply(change.table()));
        return new SchemaChangeWriter(ddl, settings.filter().mappings());
    }

    private void execute(ChangeStatements written) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : written.statements()) {
                statement.execute(sql);
            }
        }
        written.notes().forEach(note -> LOG.warn("{} source={}", note, settings.source()));
    }

    private DdlOutcome record(
            TableChange change, ChangeStatements written, BinlogCoordinates at, SchemaChange statement)
            throws SQLException {
        String source = settings.source();
        DdlOutcome outcome = DdlOutcome.APPLIED;
        if (change instanceof TableChange.Created created) {
            TableId id = created.after().id();
            tables.putCreated(connection, source, id, destinationSchema(id), DestinationNames.table(id.name()));
            resyncs.remove(connection, source, id);
            names.put(connection, source, id, DestinationNames.renamed(created.after()));
            targets.changed(id);
        } else if (change instanceof TableChange.Dropped) {
            tables.remove(connection, source, change.table());
            resyncs.remove(connection, source, change.table());
            names.remove(connection, source, change.table());
        } else if (change instanceof TableChange.Altered altered) {
            outcome = recordAltered(altered, written, at, statement);
        }
        targets.changed(change.table());
        return outcome;
    }

    private DdlOutcome recordAltered(
            TableChange.Altered change, ChangeStatements written, BinlogCoordinates at, SchemaChange statement)
            throws SQLException {
        TableId after = change.after().id();
        if (!after.equals(change.before().id())) {
            tables.rename(
                    connection,
                    settings.source(),
                    change.before().id(),
                    after,
                    destinationSchema(after),
                    DestinationNames.table(after.name()));
            moveRequest(change.before().id(), after);
        }
        names.remove(connection, settings.source(), change.before().id());
        names.put(connection, settings.source(), after, DestinationNames.renamed(change.after()));
        targets.changed(after);
        String reason = change.resyncReason().isEmpty() ? written.resyncReason() : change.resyncReason();
        if (!reason.isEmpty()) {
            failures.disable(after, needsCopy(after, reason, at), "", Optional.of(statement.statement()));
            return DdlOutcome.RESYNC;
        }
        return DdlOutcome.APPLIED;
    }

    private String destinationSchema(TableId table) {
        return settings.filter().destinationSchema(table.schema()).orElseThrow();
    }

    private ReplicationException needsCopy(TableId table, String reason, BinlogCoordinates at) {
        return new ReplicationException(
                ErrorCode.STATEMENT_UNSUPPORTED,
                "A statement gave old rows values that only the source knows: " + reason,
                where(table, at),
                copyAgain(table));
    }

    private ReplicationException unsupported(TableChange.Unsupported change, BinlogCoordinates at) {
        return new ReplicationException(
                ErrorCode.STATEMENT_UNSUPPORTED,
                "The table cannot be followed any further: " + change.reason(),
                where(change.table(), at),
                copyAgain(change.table()));
    }

    private ReplicationException neverCopied(TableId table, BinlogCoordinates at) {
        return new ReplicationException(
                ErrorCode.STATEMENT_UNSUPPORTED,
                "A statement changed a table of which the replica has no rows",
                where(table, at),
                copyAgain(table));
    }

    private ReplicationException failed(TableChange change, SQLException cause, BinlogCoordinates at) {
        return new ReplicationException(
                ErrorCode.SCHEMA_CHANGE_FAILED,
                "PostgreSQL refused a change of the table, SQLSTATE " + cause.getSQLState(),
                where(change.table(), at),
                "See 'kameleon show_errors --source " + settings.source() + "' and mend the cause. "
                        + copyAgain(change.table()),
                cause);
    }

    /** @param at null when it is not known */
    private Map<String, Object> where(TableId table, BinlogCoordinates at) {
        var where = new TreeMap<String, Object>(Map.of("source", settings.source(), "table", table));
        if (at != null) {
            where.put("at", at);
        }
        return where;
    }

    private String copyAgain(TableId table) {
        String command = "'kameleon sync_tables --source " + settings.source() + " --tables " + table.schema() + "."
                + table.name() + "'";
        return settings.autoResync() == AutoResync.ON
                ? "It is copied again by itself; " + command + " does it at once."
                : "Copy it again with " + command + ".";
    }
}
