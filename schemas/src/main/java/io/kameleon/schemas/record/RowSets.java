package io.kameleon.schemas.record;

import io.kameleon.schemas.change.RowSet;
import io.kameleon.schemas.change.RowSet.Between;
import io.kameleon.schemas.change.RowSet.Everything;
import io.kameleon.schemas.change.RowSet.OneOf;
import java.util.List;

/** Sets of rows as Avro records and back, without loss. */
final class RowSets {
    private RowSets() {}

    static RowSetRecord toRecord(RowSet rows) {
        if (rows instanceof Between between) {
            return new RowSetRecord(
                    between.columns(),
                    Partitionings.values(between.from()),
                    Partitionings.values(between.to()),
                    List.of());
        }
        if (rows instanceof OneOf oneOf) {
            return new RowSetRecord(
                    oneOf.columns(),
                    List.of(),
                    List.of(),
                    oneOf.tuples().stream().map(Partitionings::values).toList());
        }
        return new RowSetRecord(List.of(), List.of(), List.of(), List.of());
    }

    static RowSet fromRecord(RowSetRecord rows) {
        if (rows.getColumns().isEmpty()) {
            return new Everything();
        }
        if (rows.getTuples().isEmpty()) {
            return new Between(
                    rows.getColumns(),
                    Partitionings.fromRecords(rows.getFrom()),
                    Partitionings.fromRecords(rows.getTo()));
        }
        return new OneOf(
                rows.getColumns(),
                rows.getTuples().stream().map(Partitionings::fromRecords).toList());
    }
}
