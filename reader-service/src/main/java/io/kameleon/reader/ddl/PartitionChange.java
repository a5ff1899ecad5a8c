package io.kameleon.reader.ddl;

import io.kameleon.reader.ddl.AlterAction.AddPartitions;
import io.kameleon.reader.ddl.AlterAction.DropPartitions;
import io.kameleon.reader.ddl.AlterAction.PartitionToTable;
import io.kameleon.reader.ddl.AlterAction.ReplacePartitions;
import io.kameleon.reader.ddl.AlterAction.SetPartitioning;
import io.kameleon.reader.ddl.AlterAction.TableToPartition;
import io.kameleon.schemas.table.Partitioning;
import io.kameleon.schemas.table.Partitioning.Method;
import io.kameleon.schemas.table.Partitioning.Partition;
import java.util.ArrayList;
import java.util.List;

/** Follows what the clauses of ALTER TABLE do to a table's partitions; stateless. */
final class PartitionChange {
    private PartitionChange() {}

    static Partitioning after(Partitioning before, AlterAction action) {
        if (action instanceof SetPartitioning set) {
            return set.partitioning();
        }
        boolean listed = before.method() == Method.RANGE || before.method() == Method.LIST;
        if (!listed) {
            return before;
        }
        if (action instanceof AddPartitions add) {
            return with(before, before.partitions().size(), add.partitions());
        }
        if (action instanceof DropPartitions drop) {
            return without(before, drop.names());
        }
        if (action instanceof PartitionToTable converted) {
            return without(before, List.of(converted.partition()));
        }
        if (action instanceof TableToPartition converted) {
            return with(before, before.partitions().size(), List.of(converted.partition()));
        }
        if (action instanceof ReplacePartitions replace) {
            int first = replace.names().stream()
                    .mapToInt(name -> indexOf(before, name))
                    .min()
                    .orElse(-1);
            return first < 0 ? Partitioning.OPAQUE : with(without(before, replace.names()), first, replace.into());
        }
        return before;
    }

    private static Partitioning with(Partitioning before, int at, List<Partition> added) {
        var partitions = new ArrayList<>(before.partitions());
        partitions.addAll(Math.min(at, partitions.size()), added);
        return before.withPartitions(partitions);
    }

    private static Partitioning without(Partitioning before, List<String> names) {
        return before.withPartitions(before.partitions().stream()
                .filter(p -> names.stream().noneMatch(p.name()::equalsIgnoreCase))
                .toList());
    }

    private static int indexOf(Partitioning partitioning, String name) {
        for (int i = 0; i < partitioning.partitions().size(); i++) {
            if (partitioning.partitions().get(i).name().equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }
}
