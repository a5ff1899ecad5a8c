package io.kameleon.reader.ddl;

import io.kameleon.reader.ddl.ColumnSpec.Generation;
import io.kameleon.reader.ddl.ColumnSpec.Key;
import io.kameleon.reader.ddl.ColumnSpec.Nullability;
import io.kameleon.schemas.table.ColumnDefault;
import java.util.List;

/** Reads one column's declaration: name, type, and attributes in any order. One use only. */
final class ColumnParser {
    private static final String VERSIONING = "system-versioned tables are not replicated yet";

    private final TokenCursor cursor;
    private String name = "";
    private TypeSpec type;
    private Nullability nullability = Nullability.UNSPECIFIED;
    private ColumnDefault defaultValue;
    private boolean autoIncrement;
    private boolean onUpdateNow;
    private Generation generation = Generation.NONE;
    private boolean invisible;
    private String comment = "";
    private Key key = Key.NONE;
    private ForeignKeySpec references;

    private ColumnParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    static ColumnSpec parse(TokenCursor cursor, SqlMode mode, ServerDialect dialect) {
        return new ColumnParser(cursor).parse(mode, dialect);
    }

    private ColumnSpec parse(SqlMode mode, ServerDialect dialect) {
        name = cursor.name();
        boolean serial = cursor.at("SERIAL");
        type = TypeParser.parse(cursor, mode, dialect);
        if (serial) {
            becomeSerial();
        }
        while (attribute()) {
            continue;
        }
        return new ColumnSpec(
                name,
                type,
                nullability,
                defaultValue,
                autoIncrement,
                onUpdateNow,
                generation,
                invisible,
                comment,
                key,
                references);
    }

    private void becomeSerial() {
        nullability = Nullability.NOT_NULL;
        autoIncrement = true;
        key = Key.UNIQUE;
    }

    private boolean attribute() {
        return valueAttribute() || keyAttribute() || typeAttribute() || storageAttribute();
    }

    private boolean valueAttribute() {
        if (cursor.accept("NOT", "NULL")) {
            nullability = Nullability.NOT_NULL;
        } else if (cursor.accept("NULL")) {
            nullability = Nullability.NULL;
        } else if (cursor.accept("DEFAULT")) {
            cursor.accept("ON", "NULL");
            defaultValue = DefaultParser.parse(cursor);
        } else if (cursor.accept("ON", "UPDATE")) {
            onUpdateNow();
        } else if (cursor.acceptAnyOf("AUTO_INCREMENT")) {
            autoIncrement = true;
        } else if (cursor.accept("SERIAL", "DEFAULT", "VALUE")) {
            becomeSerial();
        } else if (cursor.accept("GENERATED", "ALWAYS") || cursor.at("AS")) {
            generated();
        } else if (cursor.acceptAnyOf("STORED", "PERSISTENT", "PERSISTED")) {
            generation = Generation.STORED;
        } else if (cursor.accept("VIRTUAL")) {
            generation = Generation.VIRTUAL;
        } else {
            return false;
        }
        return true;
    }

    private void onUpdateNow() {
        if (!DefaultParser.acceptNow(cursor)) {
            throw StatementNotUnderstood.at(cursor.peek());
        }
        onUpdateNow = true;
    }

    private void generated() {
        cursor.expect("AS");
        if (cursor.at("ROW", "START") || cursor.at("ROW", "END")) {
            throw new StatementNotUnderstood(VERSIONING);
        }
        if (cursor.at("IDENTITY")) {
            throw StatementNotUnderstood.at(cursor.peek());
        }
        cursor.brackets();
        generation = Generation.VIRTUAL;
    }

    private boolean keyAttribute() {
        if (cursor.accept("PRIMARY")) {
            cursor.accept("KEY");
            key = Key.PRIMARY;
        } else if (cursor.accept("UNIQUE")) {
            cursor.accept("KEY");
            key = key == Key.PRIMARY ? key : Key.UNIQUE;
        } else if (cursor.accept("KEY")) {
            key = Key.PRIMARY;
        } else if (cursor.accept("CONSTRAINT")) {
            if (!cursor.at("CHECK")) {
                cursor.name();
            }
            cursor.expect("CHECK");
            KeyParser.check(cursor);
        } else if (cursor.accept("CHECK")) {
            KeyParser.check(cursor);
        } else if (cursor.at("REFERENCES")) {
            references = KeyParser.references(cursor, "", "", List.of(name));
        } else {
            return false;
        }
        return true;
    }

    private boolean typeAttribute() {
        if (cursor.accept("COLLATE")) {
            type = type.withCollation(StringTypeParser.nameOrString(cursor));
        } else if (cursor.at("CHARACTER", "SET") || cursor.atAnyOf("CHARSET", "ASCII", "UNICODE", "BINARY")) {
            type = StringTypeParser.attributes(cursor, type);
        } else if (cursor.acceptAnyOf("UNSIGNED")) {
            type = type.withSigns(TypeSpec.Signs.UNSIGNED);
        } else if (cursor.acceptAnyOf("ZEROFILL")) {
            type = type.withSigns(TypeSpec.Signs.ZEROFILL);
        } else if (cursor.acceptAnyOf("SRID", "REF_SYSTEM_ID")) {
            cursor.acceptSymbol('=');
            cursor.next();
        } else {
            return false;
        }
        return true;
    }

    private boolean storageAttribute() {
        if (cursor.accept("COMMENT")) {
            cursor.acceptSymbol('=');
            comment = cursor.string();
        } else if (cursor.accept("INVISIBLE")) {
            invisible = true;
        } else if (cursor.accept("VISIBLE")) {
            invisible = false;
        } else if (cursor.acceptAnyOf("COLUMN_FORMAT", "STORAGE")) {
            cursor.name();
        } else if (cursor.acceptAnyOf("ENGINE_ATTRIBUTE", "SECONDARY_ENGINE_ATTRIBUTE")) {
            cursor.acceptSymbol('=');
            cursor.string();
        } else if (cursor.accept("NOT", "SECONDARY") || cursor.accept("WITHOUT", "SYSTEM", "VERSIONING")) {
            return true;
        } else if (cursor.at("WITH", "SYSTEM", "VERSIONING")) {
            throw new StatementNotUnderstood(VERSIONING);
        } else if (cursor.peek().isName() && cursor.peek(1).isSymbol('=')) {
            engineOption();
        } else {
            return cursor.accept("COMPRESSED");
        }
        return true;
    }

    /** MariaDB lets engines define options of their own; {@code COMPRESSED = zlib} looks the same. */
    private void engineOption() {
        cursor.name();
        cursor.expectSymbol('=');
        cursor.next();
    }
}
