package io.kameleon.schemas.record;

import io.kameleon.schemas.table.Partitioning;
import io.kameleon.schemas.table.Partitioning.Method;
import io.kameleon.schemas.table.Partitioning.Partition;
import io.kameleon.schemas.table.Partitioning.Value;
import java.util.List;

/** Partitions as Avro records and back, without loss. */
final class Partitionings {
    private Partitionings() {}

    /** Null without partitions. */
    static PartitioningRecord toRecord(Partitioning partitioning) {
        if (partitioning.method() == Method.NONE) {
            return null;
        }
        return new PartitioningRecord(
                partitioning.method().name(),
                partitioning.columns(),
                partitioning.function(),
                partitioning.partitions().stream()
                        .map(p -> new PartitionRecord(
                                p.name(),
                                p.values().stream().map(Partitionings::values).toList()))
                        .toList());
    }

    static Partitioning fromRecord(PartitioningRecord record) {
        if (record == null) {
            return Partitioning.NONE;
        }
        return new Partitioning(
                TableRecords.constant(Method.class, record.getMethod()),
                record.getColumns(),
                record.getFunction(),
                record.getPartitions().stream()
                        .map(p -> new Partition(
                                p.getName(),
                                p.getValues().stream()
                                        .map(Partitionings::fromRecords)
                                        .toList()))
                        .toList());
    }

    static List<PartitionValueRecord> values(List<Value> tuple) {
        return tuple.stream()
                .map(v -> new PartitionValueRecord(v.kind().name(), v.text()))
                .toList();
    }

    static List<Value> fromRecords(List<PartitionValueRecord> tuple) {
        return tuple.stream()
                .map(v -> new Value(TableRecords.constant(Value.Kind.class, v.getKind()), v.getText()))
                .toList();
    }
}
