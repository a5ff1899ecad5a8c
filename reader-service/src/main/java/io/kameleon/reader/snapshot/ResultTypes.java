package io.kameleon.reader.snapshot;

import io.kameleon.reader.value.ColumnPlace;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TypeKind;

/**
 * The type codes of results, and which of them a column may have that is selected as {@link SelectExpressions} says (MySQL source,
 * {@code field_types.h}; MariaDB has the same).
 */
final class ResultTypes {
    static final int TINY = 1;
    static final int SHORT = 2;
    static final int LONG = 3;
    static final int FLOAT = 4;
    static final int DOUBLE = 5;
    static final int TIMESTAMP = 7;
    static final int LONGLONG = 8;
    static final int INT24 = 9;
    static final int DATE = 10;
    static final int TIME = 11;
    static final int DATETIME = 12;
    static final int YEAR = 13;
    static final int NEWDATE = 14;
    static final int VARCHAR = 15;
    static final int VECTOR = 242;
    static final int JSON = 245;
    static final int NEWDECIMAL = 246;
    static final int TINY_BLOB = 249;
    static final int STRING = 254;
    static final int GEOMETRY = 255;

    private ResultTypes() {}

    /** @throws io.kameleon.schemas.error.ReplicationException TABLE_DEFINITION_MISMATCH */
    static void check(ColumnPlace place, ColumnDefinition column, int type) {
        TypeKind kind = column.type().kind();
        if (!fits(kind, type)) {
            throw place.mismatch(
                    "is " + column.type().declared() + " in the definition, but type " + type + " in the result");
        }
    }

    private static boolean fits(TypeKind kind, int type) {
        return switch (kind) {
            case TINYINT -> type == TINY;
            case SMALLINT -> type == SHORT;
            case MEDIUMINT -> type == INT24;
            case INT -> type == LONG;
            case BIGINT -> type == LONGLONG;
            // Cast to a number; MariaDB makes it as narrow as it can be.
            case BIT, ENUM, SET -> type == LONGLONG || type == LONG || type == SHORT || type == TINY;
            case YEAR -> type == YEAR;
            case FLOAT -> type == FLOAT;
            case DOUBLE -> type == DOUBLE;
            case DECIMAL -> type == NEWDECIMAL;
            case DATE -> type == DATE || type == NEWDATE;
            case TIME -> type == TIME;
            case DATETIME -> type == DATETIME;
            case TIMESTAMP -> type == TIMESTAMP;
            case JSON -> type == JSON || isString(type);
            case GEOMETRY -> type == GEOMETRY;
            case VECTOR -> type == VECTOR;
            default -> isString(type);
        };
    }

    private static boolean isString(int type) {
        return type == VARCHAR || type >= TINY_BLOB && type <= STRING;
    }
}
