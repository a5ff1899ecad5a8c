package io.kameleon.reader.ddl;

import io.kameleon.schemas.table.ColumnDefault;
import io.kameleon.schemas.table.Partitioning;
import io.kameleon.schemas.table.Partitioning.Partition;
import io.kameleon.schemas.table.TableId;
import java.util.List;

/** One clause of ALTER TABLE. */
sealed interface AlterAction {
    record AddColumn(ColumnSpec spec, Placement placement, IndexSpec.Existing existing) implements AlterAction {}

    record DropColumn(String name, TableStatement.Absent absent) implements AlterAction {}

    /** MODIFY has the same name twice. */
    record ChangeColumn(String name, ColumnSpec spec, Placement placement, TableStatement.Absent absent)
            implements AlterAction {}

    record RenameColumn(String from, String to, TableStatement.Absent absent) implements AlterAction {}

    /** {@code value} is null for DROP DEFAULT. */
    record SetDefault(String column, ColumnDefault value) implements AlterAction {}

    record SetVisibility(String column, boolean invisible) implements AlterAction {}

    /** Any element but a column. */
    record AddElement(TableElement element, IndexSpec.Existing existing) implements AlterAction {}

    record DropPrimaryKey() implements AlterAction {}

    record DropIndex(String name) implements AlterAction {}

    record DropForeignKey(String name) implements AlterAction {}

    /** A foreign key, a unique index, the primary key or a check. */
    record DropConstraint(String name) implements AlterAction {}

    record RenameIndex(String from, String to) implements AlterAction {}

    record RenameTable(TableId to) implements AlterAction {}

    record ConvertCharset(String charset, String collation) implements AlterAction {}

    record SetOptions(TableOptions options) implements AlterAction {}

    /** Changes rows in a way that only the source can compute. */
    record ChangeRows(String reason) implements AlterAction {}

    /** Rows go between the table and {@code other}, both ways. */
    record ExchangePartition(TableId other) implements AlterAction {}

    /** MariaDB: a partition becomes the new table {@code other}. */
    record PartitionToTable(String partition, TableId other) implements AlterAction {}

    /** MariaDB: the table {@code other} becomes a partition and is gone. */
    record TableToPartition(TableId other, Partition partition) implements AlterAction {}

    record SetPartitioning(Partitioning partitioning) implements AlterAction {}

    record AddPartitions(List<Partition> partitions) implements AlterAction {}

    /** {@code names} that are not there count for nothing: IF EXISTS. */
    record DropPartitions(List<String> names) implements AlterAction {}

    /** {@code names} is empty for all. */
    record TruncatePartitions(List<String> names) implements AlterAction {}

    /** REORGANIZE: other partitions for the same rows. */
    record ReplacePartitions(List<String> names, List<Partition> into) implements AlterAction {}

    /** IGNORE: rows that break a new key, and values that do not fit, go without an error. */
    record IgnoreErrors() implements AlterAction {}
}
