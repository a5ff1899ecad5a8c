package io.kameleon.replay.consume;

import io.kameleon.replay.row.DestinationTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** Which tables of the destination are joined by foreign keys of its own, directly or through others. Thread-safe once read. */
final class JoinedTables {
    static final JoinedTables NONE = new JoinedTables();

    private static final String FOREIGN_KEYS =
            "SELECT cn.nspname, c.relname, pn.nspname, p.relname FROM pg_constraint AS k"
                    + " JOIN pg_class AS c ON c.oid = k.conrelid JOIN pg_namespace AS cn ON cn.oid = c.relnamespace"
                    + " JOIN pg_class AS p ON p.oid = k.confrelid JOIN pg_namespace AS pn ON pn.oid = p.relnamespace"
                    + " WHERE k.contype = 'f' AND k.conrelid <> k.confrelid";

    /** A table to another one of its group, the last of which stands for the group. */
    private final Map<String, String> next = new HashMap<>();

    private JoinedTables() {}

    static JoinedTables read(Connection connection) throws SQLException {
        var joined = new JoinedTables();
        try (Statement statement = connection.createStatement();
                ResultSet keys = statement.executeQuery(FOREIGN_KEYS)) {
            while (keys.next()) {
                joined.join(
                        DestinationTable.quote(keys.getString(1)) + "." + DestinationTable.quote(keys.getString(2)),
                        DestinationTable.quote(keys.getString(3)) + "." + DestinationTable.quote(keys.getString(4)));
            }
        }
        return joined;
    }

    private void join(String one, String other) {
        String last = group(one);
        if (!last.equals(group(other))) {
            next.put(last, group(other));
        }
    }

    /** The same for all tables of a group. @param table quoted, with its schema */
    String group(String table) {
        String at = table;
        while (next.containsKey(at)) {
            at = next.get(at);
        }
        return at;
    }
}
