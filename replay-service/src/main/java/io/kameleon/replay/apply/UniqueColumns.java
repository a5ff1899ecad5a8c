package io.kameleon.replay.apply;

import io.kameleon.replay.row.ConversionPolicy;
import io.kameleon.replay.row.DestinationTable.UniqueIndex;
import io.kameleon.replay.row.RowFormat;
import io.kameleon.replay.row.RowImage;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which fields of a row stand in secondary unique indexes: an update that changes one of them may meet the value of another row
 * that changes in the same batch, so it is applied as delete and insert (F40).
 */
final class UniqueColumns {
    private final boolean any;
    /** An index over expressions or a part of the rows: any change may concern it. */
    private final boolean opaque;

    private final int[] fields;

    private UniqueColumns(boolean any, boolean opaque, int[] fields) {
        this.any = any;
        this.opaque = opaque;
        this.fields = fields;
    }

    static UniqueColumns of(RowFormat format, ConversionPolicy policy, List<UniqueIndex> secondary) {
        boolean opaque =
                secondary.stream().anyMatch(i -> !i.plain() || !i.predicate().isEmpty());
        List<String> columns =
                secondary.stream().flatMap(i -> i.columns().stream()).toList();
        int[] fields = IntStream.range(0, format.fields().size())
                .filter(i -> columns.contains(
                        policy.columnNames().apply(format.fields().get(i).column())))
                .toArray();
        return new UniqueColumns(!secondary.isEmpty(), opaque, fields);
    }

    /** The table has secondary unique indexes. */
    boolean exist() {
        return any;
    }

    /** Whether an update may change what a secondary unique index holds. */
    boolean change(RowImage before, RowImage after) {
        if (!any) {
            return false;
        }
        if (opaque || !before.isPresent()) {
            return true;
        }
        for (int field : fields) {
            if (!before.sameValue(field, after)) {
                return true;
            }
        }
        return false;
    }
}
