package io.kameleon.reader.ddl;

import io.kameleon.reader.ddl.AlterAction.ChangeRows;
import io.kameleon.reader.ddl.AlterAction.ExchangePartition;
import io.kameleon.reader.ddl.AlterAction.PartitionToTable;
import io.kameleon.reader.ddl.AlterAction.TableToPartition;
import java.util.List;

/** Reads the clauses of ALTER TABLE on partitions and tablespaces: what they do to rows is all that counts; stateless. */
final class PartitionParser {
    private PartitionParser() {}

    /** Reads one clause; false when what comes is none of these. */
    static boolean parse(TokenCursor cursor, List<AlterAction> actions) {
        if (cursor.accept("PARTITION", "BY")) {
            skipToEnd(cursor);
        } else if (cursor.accept("REMOVE", "PARTITIONING") || cursor.accept("UPGRADE", "PARTITIONING")) {
            return true;
        } else if (cursor.accept("TRUNCATE", "PARTITION")) {
            names(cursor);
            actions.add(new ChangeRows("rows went away with a truncated partition"));
        } else if (cursor.accept("EXCHANGE", "PARTITION")) {
            cursor.name();
            cursor.expect("WITH", "TABLE");
            actions.add(new ExchangePartition(cursor.tableName()));
        } else if (cursor.accept("CONVERT", "PARTITION")) {
            cursor.name();
            cursor.expect("TO", "TABLE");
            actions.add(new PartitionToTable(cursor.tableName()));
        } else if (cursor.accept("CONVERT", "TABLE")) {
            actions.add(new TableToPartition(cursor.tableName()));
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

    private static boolean maintenance(TokenCursor cursor) {
        boolean maintenance =
                cursor.atAnyOf("ANALYZE", "CHECK", "COALESCE", "OPTIMIZE", "REBUILD", "REORGANIZE", "REPAIR")
                        && cursor.peek(1).isWord("PARTITION");
        if (maintenance) {
            skipToEnd(cursor);
        }
        return maintenance;
    }

    /** {@code p1, p2} or {@code ALL}. */
    static void names(TokenCursor cursor) {
        do {
            cursor.name();
        } while (cursor.acceptSymbol(','));
    }

    /** A partition clause is the last of its statement. */
    static void skipToEnd(TokenCursor cursor) {
        while (!cursor.atEnd()) {
            cursor.next();
        }
    }
}
