package io.kameleon.reader.ddl;

import io.kameleon.schemas.change.RowSet;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.Partitioning;
import io.kameleon.schemas.table.Partitioning.Method;
import io.kameleon.schemas.table.Partitioning.Partition;
import io.kameleon.schemas.table.Partitioning.Value;
import io.kameleon.schemas.table.TableDefinition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells which rows lie in a partition (F30); stateless. */
final class PartitionRows {
    private static final int YEAR_MIN = 1;
    private static final int YEAR_MAX = 9999;

    private PartitionRows() {}

    /** @return one set per name; empty when a row does not show to which partition it belongs */
    static Optional<List<RowSet>> of(TableDefinition table, List<String> names) {
        var rows = new ArrayList<RowSet>();
        for (String name : names) {
            Optional<RowSet> set = isComparable(table) ? of(table.partitioning(), name) : Optional.empty();
            if (set.isEmpty()) {
                return Optional.empty();
            }
            rows.add(set.get());
        }
        return Optional.of(rows);
    }

    /** Numbers and dates compare alike everywhere; texts go by a collation of the source. */
    private static boolean isComparable(TableDefinition table) {
        return table.partitioning().columns().stream()
                .allMatch(name ->
                        table.column(name).filter(PartitionRows::isComparable).isPresent());
    }

    private static boolean isComparable(ColumnDefinition column) {
        return switch (column.type().kind()) {
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, YEAR, DATE, DATETIME, TIMESTAMP -> true;
            default -> false;
        };
    }

    private static Optional<RowSet> of(Partitioning partitioning, String name) {
        List<Partition> partitions = partitioning.partitions();
        for (int i = 0; i < partitions.size(); i++) {
            if (partitions.get(i).name().equalsIgnoreCase(name)) {
                return partitioning.method() == Method.RANGE
                        ? range(partitioning, i)
                        : list(partitioning, partitions.get(i));
            }
        }
        return Optional.empty();
    }

    private static Optional<RowSet> range(Partitioning partitioning, int index) {
        List<Value> from = index == 0
                ? List.of()
                : bound(partitioning, partitioning.partitions().get(index - 1));
        List<Value> to = bound(partitioning, partitioning.partitions().get(index));
        boolean open = to.stream().allMatch(v -> v.kind() == Value.Kind.MAXVALUE);
        return from.contains(Value.UNKNOWN) || to.contains(Value.UNKNOWN)
                ? Optional.empty()
                : Optional.of(new RowSet.Between(partitioning.columns(), from, open ? List.of() : to));
    }

    private static List<Value> bound(Partitioning partitioning, Partition partition) {
        return partition.values().get(0).stream()
                .map(v -> ofColumn(v, partitioning.function()))
                .toList();
    }

    private static Optional<RowSet> list(Partitioning partitioning, Partition partition) {
        boolean unknown = !partitioning.function().isEmpty()
                || partition.values().stream().anyMatch(tuple -> tuple.contains(Value.UNKNOWN));
        return unknown ? Optional.empty() : Optional.of(new RowSet.OneOf(partitioning.columns(), partition.values()));
    }

    /** The column's value at which the function reaches its own. */
    private static Value ofColumn(Value value, String function) {
        if (function.isEmpty() || value.kind() != Value.Kind.NUMBER) {
            return value;
        }
        try {
            long number = Long.parseLong(value.text());
            return switch (function) {
                case "to_days" ->
                    text(LocalDate.ofEpochDay(number - PartitionValues.DAYS_BEFORE_EPOCH)
                            .toString());
                case "year" ->
                    number < YEAR_MIN || number > YEAR_MAX
                            ? Value.UNKNOWN
                            : text(LocalDate.of((int) number, 1, 1).toString());
                case "unix_timestamp" -> text(Instant.ofEpochSecond(number).toString());
                default -> Value.UNKNOWN;
            };
        } catch (NumberFormatException | DateTimeException outOfRange) {
            return Value.UNKNOWN;
        }
    }

    private static Value text(String text) {
        return new Value(Value.Kind.TEXT, text);
    }
}
