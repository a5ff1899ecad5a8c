package io.kameleon.admin.compare;

import io.kameleon.admin.compare.TableSide.RowVisitor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Runs a query with a bounded fetch and hands over its rows in canonical form. */
final class RowLoop {
    private RowLoop() {}

    static void run(
            Statement statement,
            String sql,
            int fetchRows,
            List<ValueReader> readers,
            RowVisitor visitor,
            BooleanSupplier stopped)
            throws SQLException {
        statement.setFetchSize(fetchRows);
        try (ResultSet rows = statement.executeQuery(sql)) {
            var values = new String[readers.size()];
            while (rows.next()) {
                if (stopped.getAsBoolean()) {
                    statement.cancel(); // else closing would read all the rest
                    return;
                }
                for (int i = 0; i < values.length; i++) {
                    values[i] = readers.get(i).read(rows, i + 1);
                }
                visitor.row(values);
            }
        }
    }
}
