package io.kameleon.replay.apply;

import io.kameleon.replay.apply.CascadeRun.Action;
import io.kameleon.replay.apply.CascadeRun.Kind;
import io.kameleon.replay.apply.CascadeRun.Place;
import io.kameleon.replay.apply.CascadeRun.Rule;
import io.kameleon.replay.row.DestinationTable;
import io.kameleon.replay.row.DestinationTable.Column;
import io.kameleon.replay.row.DestinationTableLookup;
import io.kameleon.replay.row.RowImage;
import io.kameleon.replay.row.RowRecord;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Does in PostgreSQL what InnoDB did by foreign keys and did not log (F5): deletes and changes rows of child tables, level by
 * level, in the caller's transaction.
 *
 * <p>The rows of each level stay on the server, as arrays of the table's row type in settings that end with the transaction;
 * {@value #ROWS_AT_ONCE} at a time, so that memory does not grow with them. One thread only.
 */
public final class CascadeWriter {
    private static final int ROWS_AT_ONCE = 1000;

    private final Connection connection;
    private final BinaryStatements statements;
    private final RowArray array = new RowArray();
    private final Map<Place, DestinationTable> tables = new HashMap<>();

    public CascadeWriter(Connection connection) {
        this.connection = connection;
        try {
            statements = new BinaryStatements(connection);
        } catch (SQLException e) {
            throw DestinationErrors.translate(e, null);
        }
    }

    /** Any table of the destination has changed. */
    public void clear() {
        tables.clear();
    }

    /** @throws ReplicationException as {@link BatchWriter#flush(RowBuffer)} */
    public void run(CascadeRun run) {
        try {
            DestinationTable parent = run.parent().destination();
            send(run.parent(), run.before(), Side.BEFORE);
            if (run.kind() == Kind.UPDATE) {
                send(run.parent(), run.after(), Side.AFTER);
            }
            children(run, run.parent().format().table(), parent, 0, run.kind());
        } catch (SQLException e) {
            throw DestinationErrors.translate(e, run.parent().destination());
        }
    }

    private enum Side {
        BEFORE("before"),
        AFTER("after");

        private final String name;

        Side(String name) {
            this.name = name;
        }

        /** The setting that holds the rows of a level. */
        String setting(int depth) {
            return "'kameleon.cascade_" + name + "_" + depth + "'";
        }

        String rows(int depth, DestinationTable table) {
            return "unnest(current_setting(" + setting(depth) + ")::" + table.quotedName() + "[])";
        }
    }

    private void send(TableTarget parent, List<byte[]> values, Side side) throws SQLException {
        var row = new RowRecord(parent.format());
        array.begin(parent.destination());
        for (byte[] value : values) {
            RowRecord parsed = row.parse(value);
            RowImage image = side == Side.BEFORE ? parsed.before() : parsed.after();
            array.add(parent.rows(), image);
        }
        statements.execute("SELECT set_config(" + side.setting(0) + ", ?::text, true)", array.finish());
    }

    private void children(CascadeRun run, TableId table, DestinationTable parent, int depth, Kind kind)
            throws SQLException {
        for (Rule rule : run.rules(table, kind)) {
            DestinationTable child = table(run.places().get(rule.child()));
            boolean deletes = kind == Kind.DELETE && rule.on(kind) == Action.CASCADE;
            String sql = deletes ? delete(rule, parent, child, depth) : update(rule, parent, child, depth, kind);
            Kind next = deletes ? Kind.DELETE : Kind.UPDATE;
            long rows;
            do {
                rows = count(sql);
                if (rows > 0) {
                    children(run, rule.child(), child, depth + 1, next);
                }
            } while (rows == ROWS_AT_ONCE);
        }
    }

    private DestinationTable table(Place place) throws SQLException {
        DestinationTable known = tables.get(place);
        if (known == null) {
            known = DestinationTableLookup.find(connection, place.schema(), place.table());
            tables.put(place, known);
        }
        return known;
    }

    private long count(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static String delete(Rule rule, DestinationTable parent, DestinationTable child, int depth) {
        return "WITH hit AS (SELECT c.ctid AS place FROM " + child.quotedName() + " AS c JOIN "
                + Side.BEFORE.rows(depth, parent) + " AS p ON "
                + joined(rule, parent, child, column -> "p." + DestinationTable.quote(column))
                + " LIMIT " + ROWS_AT_ONCE + "), gone AS (DELETE FROM " + child.quotedName()
                + " AS c USING hit WHERE c.ctid = hit.place RETURNING c AS old_row)"
                + " SELECT count(*), set_config(" + Side.BEFORE.setting(depth + 1)
                + ", coalesce(array_agg(old_row)::text, '{}'), true) FROM gone";
    }

    /** The rows before and after stand at the same places of two arrays. */
    private static String update(Rule rule, DestinationTable parent, DestinationTable child, int depth, Kind kind) {
        boolean sets = rule.on(kind) == Action.CASCADE;
        String rows = kind == Kind.DELETE
                ? Side.BEFORE.rows(depth, parent) + " AS p(" + names(parent, "b") + ")"
                : "ROWS FROM (" + Side.BEFORE.rows(depth, parent) + ", " + Side.AFTER.rows(depth, parent) + ") AS p("
                        + names(parent, "b") + ", " + names(parent, "a") + ")";
        String changed = kind == Kind.DELETE
                ? ""
                : " WHERE ("
                        + rule.referenced().stream()
                                .map(name ->
                                        "p.b" + place(parent, name) + " IS DISTINCT FROM p.a" + place(parent, name))
                                .collect(Collectors.joining(" OR "))
                        + ")" + (sets ? " AND (" + stillOld(rule, parent) + ")" : "");
        List<String> values = new ArrayList<>();
        List<String> sets_ = new ArrayList<>();
        for (int i = 0; i < rule.columns().size(); i++) {
            if (sets) {
                values.add(", p.a" + place(parent, rule.referenced().get(i)) + " AS v" + i);
                requireAssignable(rule, parent, child, i);
            }
            sets_.add(DestinationTable.quote(rule.columns().get(i)) + " = " + (sets ? "hit.v" + i : "NULL"));
        }
        return "WITH hit AS (SELECT c.ctid AS place, c AS old_row" + String.join("", values) + " FROM "
                + child.quotedName() + " AS c JOIN " + rows + " ON "
                + joined(rule, parent, child, column -> "p.b" + place(parent, column)) + changed
                + " LIMIT " + ROWS_AT_ONCE + "), done AS (UPDATE " + child.quotedName() + " AS c SET "
                + String.join(", ", sets_)
                + " FROM hit WHERE c.ctid = hit.place RETURNING hit.old_row AS old_row, c AS new_row)"
                + " SELECT count(*), set_config(" + Side.BEFORE.setting(depth + 1)
                + ", coalesce(array_agg(old_row)::text, '{}'), true), set_config(" + Side.AFTER.setting(depth + 1)
                + ", coalesce(array_agg(new_row)::text, '{}'), true) FROM done";
    }

    /** Texts that differ in case only match before and after: such a row is changed once. */
    private static String stillOld(Rule rule, DestinationTable parent) {
        return IntStream.range(0, rule.columns().size())
                .mapToObj(i -> "c." + DestinationTable.quote(rule.columns().get(i)) + "::text IS DISTINCT FROM p.a"
                        + place(parent, rule.referenced().get(i)) + "::text")
                .collect(Collectors.joining(" OR "));
    }

    private static String names(DestinationTable table, String prefix) {
        return IntStream.range(0, table.columns().size())
                .mapToObj(i -> prefix + i)
                .collect(Collectors.joining(", "));
    }

    private static int place(DestinationTable table, String column) {
        return table.columns().indexOf(column(table, column));
    }

    private static String joined(
            Rule rule, DestinationTable parent, DestinationTable child, java.util.function.UnaryOperator<String> of) {
        return IntStream.range(0, rule.columns().size())
                .mapToObj(i -> {
                    Column own = column(child, rule.columns().get(i));
                    Column other = column(parent, rule.referenced().get(i));
                    String left = "c." + DestinationTable.quote(own.name());
                    String right = of.apply(other.name());
                    if (rule.folding().get(i)) {
                        return "lower(" + left + "::text) = lower(" + right + "::text)";
                    }
                    return isComparable(own, other) ? left + " = " + right : left + "::text = " + right + "::text";
                })
                .collect(Collectors.joining(" AND "));
    }

    private static boolean isComparable(Column own, Column other) {
        return own.type() == other.type()
                || own.valueType().category() == other.valueType().category()
                        && "NSD".indexOf(own.valueType().category()) >= 0;
    }

    private static void requireAssignable(Rule rule, DestinationTable parent, DestinationTable child, int i) {
        Column own = column(child, rule.columns().get(i));
        if (!isComparable(own, column(parent, rule.referenced().get(i)))) {
            throw missing(
                    child,
                    own.name(),
                    ErrorCode.TYPE_UNSUPPORTED,
                    "has another type than the column that it references");
        }
    }

    private static Column column(DestinationTable table, String name) {
        return table.column(name)
                .orElseThrow(() -> missing(table, name, ErrorCode.COLUMN_MISSING, "is not in the destination"));
    }

    private static ReplicationException missing(DestinationTable table, String column, ErrorCode code, String what) {
        return new ReplicationException(
                code,
                "A foreign key cannot be followed: column '" + column + "' " + what,
                Map.of("table", table.toString()),
                "Copy the table again.");
    }
}
