package io.kameleon.reader.ddl;

import io.kameleon.reader.ddl.AlterAction.DropColumn;
import io.kameleon.reader.ddl.AlterAction.DropConstraint;
import io.kameleon.reader.ddl.AlterAction.DropForeignKey;
import io.kameleon.reader.ddl.AlterAction.DropIndex;
import io.kameleon.reader.ddl.AlterAction.DropPartitions;
import io.kameleon.reader.ddl.AlterAction.DropPrimaryKey;
import io.kameleon.reader.ddl.TableStatement.Absent;
import java.util.List;

/** Reads the DROP clauses of ALTER TABLE, behind the word DROP; stateless. */
final class DropParser {
    private DropParser() {}

    static List<AlterAction> parse(TokenCursor cursor) {
        if (cursor.accept("PRIMARY", "KEY")) {
            return List.of(new DropPrimaryKey());
        }
        if (cursor.acceptAnyOf("INDEX", "KEY")) {
            cursor.acceptIfExists();
            String name = cursor.name();
            return List.of(name.equalsIgnoreCase("PRIMARY") ? new DropPrimaryKey() : new DropIndex(name));
        }
        if (cursor.accept("FOREIGN", "KEY")) {
            cursor.acceptIfExists();
            return List.of(new DropForeignKey(cursor.name()));
        }
        if (cursor.accept("CONSTRAINT")) {
            cursor.acceptIfExists();
            return List.of(new DropConstraint(cursor.name()));
        }
        if (cursor.accept("CHECK")) {
            cursor.acceptIfExists();
            cursor.name();
            return List.of();
        }
        if (cursor.accept("PARTITION")) {
            cursor.acceptIfExists();
            return List.of(new DropPartitions(PartitionParser.names(cursor)));
        }
        if (cursor.at("SYSTEM", "VERSIONING")) {
            throw new StatementNotUnderstood("system-versioned tables are not replicated yet");
        }
        if (cursor.accept("PERIOD", "FOR")) {
            cursor.acceptIfExists();
            cursor.name();
            return List.of();
        }
        return column(cursor);
    }

    private static List<AlterAction> column(TokenCursor cursor) {
        cursor.accept("COLUMN");
        Absent absent = cursor.acceptIfExists() ? Absent.SKIP : Absent.FAIL;
        String name = cursor.name();
        cursor.acceptAnyOf("RESTRICT", "CASCADE");
        return List.of(new DropColumn(name, absent));
    }
}
