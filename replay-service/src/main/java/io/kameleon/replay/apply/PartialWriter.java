package io.kameleon.replay.apply;

import io.kameleon.replay.row.RowField;
import io.kameleon.replay.row.RowOperation;
import io.kameleon.replay.row.RowRecord;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.wire.AbsentColumns;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Applies single inserts and updates that lack columns (F4): only the columns that are known are written. One thread only.
 *
 * <p>An update finds its row by the identity before. Before a table's consistent point rows are not what they were at the event;
 * what {@link ApplyMode#IDEMPOTENT} promises then needs whole images wherever a unique value or the identity changes hands, so there
 * such a row costs its table another copy.
 */
final class PartialWriter {
    private final BinaryStatements statements;
    private final RowArray rowBefore = new RowArray();
    private final RowArray rowAfter = new RowArray();

    PartialWriter(BinaryStatements statements) {
        this.statements = statements;
    }

    /** @throws ReplicationException ROW_IMAGE_INCOMPLETE when the row is not there, or cannot be told */
    TableCounts apply(TableTarget target, byte[] value, AbsentColumns absent) throws SQLException {
        RowRecord row = target.record().parse(value);
        row.after().lack(absent.after());
        boolean update = row.operation() == RowOperation.UPDATE;
        if (update) {
            row.before().lack(absent.before());
        }
        boolean repeated = target.mode() == ApplyMode.IDEMPOTENT;
        if (repeated && (target.uniqueColumns().exist() || update && movesKey(target, row))) {
            throw incomplete(target, "came before the table's consistent point");
        }
        rowAfter.begin(target.destination());
        rowAfter.add(target.rows(), row.after());
        return update ? update(target, row, repeated) : insert(target, row, repeated);
    }

    private TableCounts insert(TableTarget target, RowRecord row, boolean repeated) throws SQLException {
        var parameter = rowAfter.finish();
        if (repeated) {
            statements.execute(target.statements().deleteKeys(), parameter);
        }
        List<String> known = target.rows().columns(row.after());
        statements.execute(target.statements().insert(known), parameter);
        return new TableCounts(1, 0, 0, 0, 0);
    }

    private TableCounts update(TableTarget target, RowRecord row, boolean repeated) throws SQLException {
        rowBefore.begin(target.destination());
        rowBefore.add(target.rows(), row.before());
        List<String> known = target.rows().columns(row.after());
        long hits = statements.execute(target.statements().update(known), rowBefore.finish(), rowAfter.finish());
        if (hits == 0 && !repeated) {
            throw incomplete(target, "is not in the destination");
        }
        return new TableCounts(0, 1, 0, 0, 0);
    }

    private static boolean movesKey(TableTarget target, RowRecord row) {
        List<String> names =
                target.format().fields().stream().map(RowField::column).toList();
        return target.format().keyFields().stream()
                .mapToInt(field -> names.indexOf(field.column()))
                .anyMatch(index -> !row.after().sameValue(index, row.before()));
    }

    private static ReplicationException incomplete(TableTarget target, String why) {
        return new ReplicationException(
                ErrorCode.ROW_IMAGE_INCOMPLETE,
                "A row whose image lacks columns " + why,
                Map.of("table", target.format().table().toString()),
                "Let no session of the source set binlog_row_image to anything but FULL, then copy the table again with"
                        + " 'kameleon sync_tables', if it is not done by itself.");
    }
}
