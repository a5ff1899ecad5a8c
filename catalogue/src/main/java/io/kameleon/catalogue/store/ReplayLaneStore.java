package io.kameleon.catalogue.store;

import static io.kameleon.catalogue.store.Catalogue.SCHEMA;

import io.kameleon.catalogue.store.ReplayPositionStore.Claim;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What replay's further lanes applied, written in the transactions that applied it. Those commit before the replay position
 * advances, so a crash in between leaves some tables ahead of it.
 *
 * <p>Thread-safe; a connection is used by one thread at a time.
 */
public final class ReplayLaneStore {
    private static final String TABLE = SCHEMA + ".replay_lane";

    /**
     * Says that the caller's transaction brings tables to a later offset than the position. Nobody advances the position, begins a
     * replay or puts a table in place before that transaction ends.
     *
     * @param lane from 2 on: the first one writes the position
     * @param from the position that the batch starts at
     * @param next the one that it leads to
     * @throws ReplicationException as {@link ReplayPositionStore#advance}
     */
    public void applied(
            Connection connection,
            Claim claim,
            int lane,
            ReplayPosition from,
            ReplayPosition next,
            Collection<TableId> tables)
            throws SQLException {
        int written = Sql.update(
                connection,
                "INSERT INTO " + TABLE + " SELECT source_name, ?, ?, ?, ? FROM " + ReplayPositionStore.TABLE
                        + " WHERE source_name = ? AND next_offset = ? AND topic_id = ? AND run = ? AND generation = ?"
                        + " FOR SHARE ON CONFLICT (source_name, lane) DO UPDATE SET until_offset = EXCLUDED.until_offset,"
                        + " origin_schemas = EXCLUDED.origin_schemas, table_names = EXCLUDED.table_names",
                lane,
                next.nextOffset(),
                tables.stream().map(TableId::schema).toArray(String[]::new),
                tables.stream().map(TableId::name).toArray(String[]::new),
                claim.source(),
                from.nextOffset(),
                from.topicId(),
                claim.run(),
                claim.generation());
        if (written == 0) {
            throw new ReplayPositionStore().refused(connection, claim, from.nextOffset(), next);
        }
    }

    /** For each table that is ahead of the position's offset the first one that is not applied to it. */
    public Map<TableId, Long> ahead(Connection connection, String source, long nextOffset) throws SQLException {
        var ahead = new HashMap<TableId, Long>();
        Sql.list(
                        connection,
                        row -> Map.entry(
                                new TableId(row.getString("origin_schema"), row.getString("table_name")),
                                row.getLong("until_offset")),
                        "SELECT t.*, until_offset FROM " + TABLE
                                + ", unnest(origin_schemas, table_names) AS t(origin_schema, table_name)"
                                + " WHERE source_name = ? AND until_offset > ?",
                        source,
                        nextOffset)
                .forEach(table -> ahead.merge(table.getKey(), table.getValue(), Math::max));
        return ahead;
    }

    /** The table is where the replay position is. In the transaction that puts its rows in place. */
    void notAhead(Connection connection, String source, TableId table) throws SQLException {
        Sql.update(
                connection,
                "UPDATE " + TABLE + " SET (origin_schemas, table_names) = (SELECT coalesce(array_agg(s), '{}'),"
                        + " coalesce(array_agg(t), '{}') FROM unnest(origin_schemas, table_names) AS x(s, t)"
                        + " WHERE NOT (s = ? AND t = ?)) WHERE source_name = ?",
                table.schema(),
                table.name(),
                source);
    }

    void removeAll(Connection connection, String source) throws SQLException {
        Sql.update(connection, "DELETE FROM " + TABLE + " WHERE source_name = ?", source);
    }
}
