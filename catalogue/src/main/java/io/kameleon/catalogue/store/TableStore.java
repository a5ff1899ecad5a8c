package io.kameleon.catalogue.store;

import static io.kameleon.catalogue.store.Catalogue.SCHEMA;

import io.kameleon.catalogue.store.ReplicaTable.ConsistentPoint;
import io.kameleon.catalogue.store.ReplicaTable.Reason;
import io.kameleon.catalogue.store.ReplicaTable.State;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The tables of the sources with their states and counters, in the caller's transaction.
 *
 * <p>Thread-safe; a connection is used by one thread at a time. The methods that change a table return how many rows they
 * changed, 0 when the catalogue does not have it, so that a caller decides what that means.
 */
public final class TableStore {
    private static final String TABLE = SCHEMA + ".replica_table";
    private static final String KEY = " WHERE source_name = ? AND origin_schema = ? AND table_name = ?";

    /** A table and where it goes. */
    public record Placed(TableId table, String destinationSchema, String destinationTable) {}

    /** A table whose copy is done: events apply from {@code point} on. */
    public record Copied(TableId table, ConsistentPoint point, long rows, boolean exact) {}

    /** As {@link #putAll}, for one table. */
    public void put(
            Connection connection,
            String source,
            TableId table,
            String destinationSchema,
            String destinationTable,
            State state)
            throws SQLException {
        putAll(connection, source, List.of(new Placed(table, destinationSchema, destinationTable)), state);
    }

    /**
     * Adds the tables, or puts them back to the beginning: {@code state}, no consistent point, no reason, counters at zero. One
     * statement, whatever the number; no table twice.
     */
    public void putAll(Connection connection, String source, Collection<Placed> tables, State state)
            throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO " + TABLE
                        + " (source_name, origin_schema, table_name, destination_schema, destination_table, state)"
                        + " SELECT ?, a.*, ? FROM unnest(?, ?, ?, ?) AS a"
                        + " ON CONFLICT (source_name, origin_schema, table_name) DO UPDATE SET"
                        + " destination_schema = EXCLUDED.destination_schema,"
                        + " destination_table = EXCLUDED.destination_table, state = EXCLUDED.state,"
                        + " consistent_file = NULL, consistent_position = NULL, consistent_gtid = '', exact = false,"
                        + " reason_code = NULL, reason = NULL, rows_copied = 0, inserts = 0, updates = 0, deletes = 0,"
                        + " missing_rows = 0, discarded_rows = 0, schema_changes = 0, last_change_at = NULL",
                source,
                text(state),
                texts(tables, p -> p.table().schema()),
                texts(tables, p -> p.table().name()),
                texts(tables, Placed::destinationSchema),
                texts(tables, Placed::destinationTable));
    }

    /** The copy is done: events apply from {@code point} on. */
    public int markReplicated(
            Connection connection, String source, TableId table, ConsistentPoint point, long rowsCopied)
            throws SQLException {
        return markReplicated(connection, source, List.of(new Copied(table, point, rowsCopied, false)));
    }

    /** As for one table, in one statement. */
    public int markReplicated(Connection connection, String source, Collection<Copied> tables) throws SQLException {
        return Sql.update(
                connection,
                "UPDATE " + TABLE + " t SET state = 'replicated', consistent_file = c.file,"
                        + " consistent_position = c.position, consistent_gtid = c.gtid, reason_code = NULL,"
                        + " reason = NULL, rows_copied = c.rows, exact = c.exact = 1"
                        + " FROM unnest(?, ?, ?, ?, ?, ?, ?)"
                        + " AS c(origin_schema, table_name, file, gtid, position, rows, exact)"
                        + " WHERE t.source_name = ? AND t.origin_schema = c.origin_schema"
                        + " AND t.table_name = c.table_name",
                texts(tables, c -> c.table().schema()),
                texts(tables, c -> c.table().name()),
                texts(tables, c -> c.point().coordinates().file()),
                texts(tables, c -> c.point().gtidSet()),
                numbers(tables, c -> c.point().coordinates().position()),
                numbers(tables, Copied::rows),
                numbers(tables, c -> c.exact() ? 1 : 0),
                source);
    }

    /** A table that the stream created: replicated from its first event, nothing to copy. */
    public void putCreated(
            Connection connection, String source, TableId table, String destinationSchema, String destinationTable)
            throws SQLException {
        put(connection, source, table, destinationSchema, destinationTable, State.REPLICATED);
    }

    /** Leaves the table's events out from now on. A table that is not there, or is disabled already, stays as it is. */
    public int disable(Connection connection, String source, TableId table, Reason reason) throws SQLException {
        return setState(connection, source, table, State.DISABLED, Optional.of(reason));
    }

    /** @param reason kept for DISABLED and NOT_REPLICATED */
    public int setState(Connection connection, String source, TableId table, State state, Optional<Reason> reason)
            throws SQLException {
        return Sql.update(
                connection,
                "UPDATE " + TABLE + " SET state = ?, reason_code = ?, reason = ?" + KEY + " AND state <> ?",
                text(state),
                reason.map(Reason::code).orElse(null),
                reason.map(Reason::text).orElse(null),
                source,
                table.schema(),
                table.name(),
                text(state));
    }

    /** A table renamed at the source keeps its state and counters. The new name must be free: remove it first. */
    public int rename(
            Connection connection,
            String source,
            TableId from,
            TableId to,
            String destinationSchema,
            String destinationTable)
            throws SQLException {
        return Sql.update(
                connection,
                "UPDATE " + TABLE + " SET origin_schema = ?, table_name = ?, destination_schema = ?,"
                        + " destination_table = ?" + KEY,
                to.schema(),
                to.name(),
                destinationSchema,
                destinationTable,
                source,
                from.schema(),
                from.name());
    }

    public int remove(Connection connection, String source, TableId table) throws SQLException {
        return Sql.update(connection, "DELETE FROM " + TABLE + KEY, source, table.schema(), table.name());
    }

    /** Forgets every table of the source. */
    public int removeAll(Connection connection, String source) throws SQLException {
        return Sql.update(connection, "DELETE FROM " + TABLE + " WHERE source_name = ?", source);
    }

    /** The tables of an origin schema are in another destination schema from now on. */
    public void moveSchema(Connection connection, String source, String originSchema, String destinationSchema)
            throws SQLException {
        Sql.update(
                connection,
                "UPDATE " + TABLE + " SET destination_schema = ? WHERE source_name = ? AND origin_schema = ?",
                destinationSchema,
                source,
                originSchema);
    }

    /** Forgets all that the catalogue has of the tables of an origin schema, but not what went wrong with them. */
    public void removeSchema(Connection connection, String source, String originSchema) throws SQLException {
        for (String table : List.of("replica_table", "resync", "conversion_count", "destination_name", "copy_range")) {
            Sql.update(
                    connection,
                    "DELETE FROM " + SCHEMA + "." + table + " WHERE source_name = ? AND origin_schema = ?",
                    source,
                    originSchema);
        }
    }

    /** Forgets the coordinates of a server that is no longer the source. */
    public int clearConsistentPoints(Connection connection, String source) throws SQLException {
        return Sql.update(
                connection,
                "UPDATE " + TABLE + " SET consistent_file = NULL, consistent_position = NULL, consistent_gtid = ''"
                        + " WHERE source_name = ? AND state <> 'copying' AND consistent_file IS NOT NULL",
                source);
    }

    /** Adds what a batch did to the totals, in one statement whatever the number of tables. */
    public void addCounts(Connection connection, String source, Collection<TableCounts> added) throws SQLException {
        if (added.isEmpty()) {
            return;
        }
        Sql.update(
                connection,
                "UPDATE " + TABLE + " t SET inserts = t.inserts + n.inserts, updates = t.updates + n.updates,"
                        + " deletes = t.deletes + n.deletes, missing_rows = t.missing_rows + n.missing_rows,"
                        + " discarded_rows = t.discarded_rows + n.discarded_rows,"
                        + " schema_changes = t.schema_changes + n.schema_changes, last_change_at = clock_timestamp()"
                        + " FROM (SELECT origin_schema, table_name, sum(inserts)::bigint AS inserts,"
                        + " sum(updates)::bigint AS updates, sum(deletes)::bigint AS deletes,"
                        + " sum(missing_rows)::bigint AS missing_rows, sum(discarded_rows)::bigint AS discarded_rows,"
                        + " sum(schema_changes)::bigint AS schema_changes"
                        + " FROM unnest(?, ?, ?, ?, ?, ?, ?, ?) AS a(origin_schema, table_name, inserts, updates,"
                        + " deletes, missing_rows, discarded_rows, schema_changes) GROUP BY 1, 2) n"
                        + " WHERE t.source_name = ? AND t.origin_schema = n.origin_schema"
                        + " AND t.table_name = n.table_name",
                texts(added, counts -> counts.table().schema()),
                texts(added, counts -> counts.table().name()),
                numbers(added, TableCounts::inserts),
                numbers(added, TableCounts::updates),
                numbers(added, TableCounts::deletes),
                numbers(added, TableCounts::missingRows),
                numbers(added, TableCounts::discardedRows),
                numbers(added, TableCounts::schemaChanges),
                source);
    }

    public Optional<ReplicaTable> find(Connection connection, String source, TableId table) throws SQLException {
        return Sql.first(
                connection, TableStore::read, "SELECT * FROM " + TABLE + KEY, source, table.schema(), table.name());
    }

    /** All tables of the source, by schema and name. */
    public List<ReplicaTable> list(Connection connection, String source) throws SQLException {
        return Sql.list(
                connection,
                TableStore::read,
                "SELECT * FROM " + TABLE + " WHERE source_name = ? ORDER BY origin_schema, table_name",
                source);
    }

    /** How many tables of the source are in each state; a state without a table is missing. */
    public Map<State, Long> countByState(Connection connection, String source) throws SQLException {
        var counts = new java.util.EnumMap<State, Long>(State.class);
        Sql.list(
                        connection,
                        row -> Map.entry(state(row.getString(1)), row.getLong(2)),
                        "SELECT state, count(*) FROM " + TABLE + " WHERE source_name = ? GROUP BY state",
                        source)
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }

    private static <T> Long[] numbers(Collection<T> items, ToLongFunction<T> number) {
        return items.stream().map(number::applyAsLong).toArray(Long[]::new);
    }

    private static <T> String[] texts(Collection<T> items, Function<T, String> text) {
        return items.stream().map(text).toArray(String[]::new);
    }

    private static ReplicaTable read(ResultSet row) throws SQLException {
        var id = new TableId(row.getString("origin_schema"), row.getString("table_name"));
        String gtidSet = row.getString("consistent_gtid");
        String reasonCode = row.getString("reason_code");
        String reason = row.getString("reason");
        return new ReplicaTable(
                row.getString("source_name"),
                id,
                row.getString("destination_schema"),
                row.getString("destination_table"),
                state(row.getString("state")),
                Sql.coordinates(row, "consistent_file", "consistent_position")
                        .map(coordinates -> new ConsistentPoint(coordinates, gtidSet)),
                row.getBoolean("exact"),
                reasonCode == null ? Optional.empty() : Optional.of(new Reason(reasonCode, reason)),
                row.getLong("rows_copied"),
                new TableCounts(
                        id,
                        row.getLong("inserts"),
                        row.getLong("updates"),
                        row.getLong("deletes"),
                        row.getLong("missing_rows"),
                        row.getLong("discarded_rows"),
                        row.getLong("schema_changes")),
                Sql.instant(row, "last_change_at"));
    }

    private static State state(String text) {
        return State.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static String text(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
