package io.kameleon.reader.ddl;

import io.kameleon.reader.ddl.AlterAction.AddPartitions;
import io.kameleon.reader.ddl.AlterAction.ChangeRows;
import io.kameleon.reader.ddl.AlterAction.ExchangePartition;
import io.kameleon.reader.ddl.AlterAction.PartitionToTable;
import io.kameleon.reader.ddl.AlterAction.ReplacePartitions;
import io.kameleon.reader.ddl.AlterAction.SetPartitioning;
import io.kameleon.reader.ddl.AlterAction.TableToPartition;
import io.kameleon.reader.ddl.AlterAction.TruncatePartitions;
import io.kameleon.schemas.table.Partitioning;
import io.kameleon.schemas.table.Partitioning.Partition;
import io.kameleon.schemas.table.TableId;
import java.util.ArrayList;
import java.util.List;

/** Reads the clauses of ALTER TABLE on partitions and tablespaces: what they do to rows is all that counts; stateless. */
final class PartitionParser {
    private PartitionParser() {}

    /** Reads one clause; false when what comes is none of these. */
    static boolean parse(TokenCursor cursor, List<AlterAction> actions) {
        if (cursor.accept("PARTITION", "BY")) {
            actions.add(new SetPartitioning(PartitioningParser.parse(cursor)));
        } else if (cursor.accept("REMOVE", "PARTITIONING")) {
            actions.add(new SetPartitioning(Partitioning.NONE));
        } else if (cursor.accept("UPGRADE", "PARTITIONING")) {
            return true;
        } else if (cursor.accept("TRUNCATE", "PARTITION")) {
            actions.add(new TruncatePartitions(cursor.accept("ALL") ? List.of() : names(cursor)));
        } else if (cursor.accept("REORGANIZE", "PARTITION")) {
            reorganize(cursor, actions);
        } else if (cursor.accept("EXCHANGE", "PARTITION")) {
            cursor.name();
            cursor.expect("WITH", "TABLE");
            actions.add(new ExchangePartition(cursor.tableName()));
        } else if (cursor.accept("CONVERT", "PARTITION")) {
            String partition = cursor.name();
            cursor.expect("TO", "TABLE");
            actions.add(new PartitionToTable(partition, cursor.tableName()));
        } else if (cursor.accept("CONVERT", "TABLE")) {
            TableId table = cursor.tableName();
            cursor.expect("TO", "PARTITION");
            actions.add(new TableToPartition(table, PartitioningParser.definition(cursor)));
            skipToEnd(cursor);
        } else if (cursor.accept("DISCARD") || cursor.accept("IMPORT")) {
            tablespace(cursor, actions);
        } else {
            return maintenance(cursor);
        }
        return true;
    }

    /** {@code IMPORT TABLESPACE}, {@code DISCARD PARTITION p TABLESPACE}. */
    private static void tablespace(TokenCursor cursor, List<AlterAction> actions) {
        if (cursor.accept("PARTITION")) {
            names(cursor);
        }
        cursor.expect("TABLESPACE");
        actions.add(new ChangeRows("the table's file was discarded or replaced"));
    }

    /** {@code p, q INTO (PARTITION r ..., ...)}; without names it spreads hashed rows anew. */
    private static void reorganize(TokenCursor cursor, List<AlterAction> actions) {
        if (cursor.atEnd()) {
            return;
        }
        List<String> names = names(cursor);
        cursor.expect("INTO");
        actions.add(new ReplacePartitions(names, PartitioningParser.definitions(cursor)));
        skipToEnd(cursor);
    }

    /** Behind ADD PARTITION: {@code (PARTITION p ...)}, or {@code PARTITIONS n}. */
    static void add(TokenCursor cursor, List<AlterAction> actions) {
        cursor.acceptIfNotExists();
        cursor.acceptAnyOf("NO_WRITE_TO_BINLOG", "LOCAL");
        List<Partition> added = PartitioningParser.definitions(cursor);
        if (!added.isEmpty()) {
            actions.add(new AddPartitions(added));
        }
        skipToEnd(cursor);
    }

    private static boolean maintenance(TokenCursor cursor) {
        boolean maintenance = cursor.atAnyOf("ANALYZE", "CHECK", "COALESCE", "OPTIMIZE", "REBUILD", "REPAIR")
                && cursor.peek(1).isWord("PARTITION");
        if (maintenance) {
            skipToEnd(cursor);
        }
        return maintenance;
    }

    /** {@code p1, p2} or {@code ALL}. */
    static List<String> names(TokenCursor cursor) {
        var names = new ArrayList<String>();
        do {
            names.add(cursor.name());
        } while (cursor.acceptSymbol(','));
        return names;
    }

    /** A partition clause is the last of its statement. */
    static void skipToEnd(TokenCursor cursor) {
        while (!cursor.atEnd()) {
            cursor.next();
        }
    }
}
