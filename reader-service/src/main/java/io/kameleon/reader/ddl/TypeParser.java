package io.kameleon.reader.ddl;

import io.kameleon.reader.ddl.TypeSpec.Signs;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a column's type with all its synonyms; stateless. */
final class TypeParser {
    private static final int FLOAT_DIGITS_MAX = 24;
    private static final int VECTOR_DIMENSIONS = 2048;

    private TypeParser() {}

    static TypeSpec parse(TokenCursor cursor, SqlMode mode, ServerDialect dialect) {
        if (cursor.peek(1).isSymbol('.') && cursor.atAnyOf("mariadb_schema", "oracle_schema", "maxdb_schema")) {
            return qualified(cursor, mode, dialect);
        }
        Token token = cursor.peek();
        if (token.kind() != Token.Kind.WORD) {
            throw StatementNotUnderstood.at(token);
        }
        cursor.next();
        String name = token.text().toUpperCase(Locale.ROOT);
        return switch (name) {
            case "TINYINT", "INT1" -> integer(cursor, TypeKind.TINYINT);
            case "SMALLINT", "INT2" -> integer(cursor, TypeKind.SMALLINT);
            case "MEDIUMINT", "INT3", "MIDDLEINT" -> integer(cursor, TypeKind.MEDIUMINT);
            case "INT", "INTEGER", "INT4" -> integer(cursor, TypeKind.INT);
            case "BIGINT", "INT8" -> integer(cursor, TypeKind.BIGINT);
            case "SERIAL" -> TypeSpec.of(TypeKind.BIGINT).withSigns(Signs.UNSIGNED);
            case "BOOL", "BOOLEAN" -> TypeSpec.sized(TypeKind.TINYINT, 1, ColumnType.NONE);
            case "DECIMAL", "NUMERIC", "DEC", "FIXED", "NUMBER" -> decimal(cursor);
            case "FLOAT" -> floating(cursor);
            case "FLOAT4" -> withPrecision(cursor, TypeKind.FLOAT);
            case "DOUBLE" -> {
                cursor.accept("PRECISION");
                yield withPrecision(cursor, TypeKind.DOUBLE);
            }
            case "FLOAT8" -> withPrecision(cursor, TypeKind.DOUBLE);
            case "REAL" -> withPrecision(cursor, mode.realAsFloat() ? TypeKind.FLOAT : TypeKind.DOUBLE);
            case "BIT" -> TypeSpec.sized(TypeKind.BIT, length(cursor, 1), ColumnType.NONE);
            case "DATE" -> TypeSpec.of(TypeKind.DATE);
            case "TIME" -> TypeSpec.sized(TypeKind.TIME, length(cursor, 0), ColumnType.NONE);
            case "DATETIME" -> TypeSpec.sized(TypeKind.DATETIME, length(cursor, 0), ColumnType.NONE);
            case "TIMESTAMP" -> TypeSpec.sized(TypeKind.TIMESTAMP, length(cursor, 0), ColumnType.NONE);
            case "YEAR" -> {
                length(cursor, ColumnType.NONE);
                yield signs(cursor, TypeSpec.of(TypeKind.YEAR)).withSigns(Signs.SIGNED);
            }
            case "JSON" -> dialect.isMariaDb() ? mariaDbJson() : TypeSpec.of(TypeKind.JSON);
            case "VECTOR" -> TypeSpec.sized(TypeKind.VECTOR, length(cursor, VECTOR_DIMENSIONS), ColumnType.NONE);
            case "UUID" -> TypeSpec.of(TypeKind.UUID);
            case "INET4" -> TypeSpec.of(TypeKind.INET4);
            case "INET6" -> TypeSpec.of(TypeKind.INET6);
            case "GEOMETRY", "POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON" ->
                TypeSpec.of(TypeKind.GEOMETRY).withSubtype(name.toLowerCase(Locale.ROOT));
            case "GEOMETRYCOLLECTION", "GEOMCOLLECTION" ->
                TypeSpec.of(TypeKind.GEOMETRY)
                        .withSubtype(
                                dialect.isMariaDb() || dialect.version() < 80_000
                                        ? "geometrycollection"
                                        : "geomcollection");
            case "ENUM" -> labelled(cursor, TypeKind.ENUM);
            case "SET" -> labelled(cursor, TypeKind.SET);
            default -> StringTypeParser.parse(cursor, name, token);
        };
    }

    /** MariaDB names the meaning of a type that {@code sql_mode} changes. */
    private static TypeSpec qualified(TokenCursor cursor, SqlMode mode, ServerDialect dialect) {
        boolean ownMeaning = cursor.next().isWord("mariadb_schema");
        cursor.expectSymbol('.');
        if (!ownMeaning && cursor.accept("DATE")) {
            return TypeSpec.sized(TypeKind.DATETIME, 0, ColumnType.NONE);
        }
        if (!ownMeaning) {
            throw StatementNotUnderstood.at(cursor.peek());
        }
        return parse(cursor, mode, dialect);
    }

    private static TypeSpec mariaDbJson() {
        return TypeSpec.of(TypeKind.LONGTEXT).withCharset("utf8mb4").withCollation("utf8mb4_bin");
    }

    private static TypeSpec integer(TokenCursor cursor, TypeKind kind) {
        return signs(cursor, TypeSpec.sized(kind, length(cursor, ColumnType.NONE), ColumnType.NONE));
    }

    private static TypeSpec decimal(TokenCursor cursor) {
        int precision = 0;
        int scale = 0;
        if (cursor.acceptSymbol('(')) {
            precision = cursor.integer();
            scale = cursor.acceptSymbol(',') ? cursor.integer() : 0;
            cursor.expectSymbol(')');
        }
        return signs(cursor, TypeSpec.sized(TypeKind.DECIMAL, precision == 0 ? 10 : precision, scale));
    }

    /** {@code FLOAT(p)} says how many bits are wanted and means FLOAT or DOUBLE; {@code FLOAT(m,d)} keeps its digits. */
    private static TypeSpec floating(TokenCursor cursor) {
        if (cursor.atSymbol('(') && cursor.peek(2).isSymbol(')')) {
            boolean single = length(cursor, 0) <= FLOAT_DIGITS_MAX;
            return signs(cursor, TypeSpec.of(single ? TypeKind.FLOAT : TypeKind.DOUBLE));
        }
        return withPrecision(cursor, TypeKind.FLOAT);
    }

    private static TypeSpec withPrecision(TokenCursor cursor, TypeKind kind) {
        if (!cursor.acceptSymbol('(')) {
            return signs(cursor, TypeSpec.of(kind));
        }
        int digits = cursor.integer();
        cursor.expectSymbol(',');
        int scale = cursor.integer();
        cursor.expectSymbol(')');
        return signs(cursor, TypeSpec.sized(kind, digits, scale));
    }

    private static TypeSpec signs(TokenCursor cursor, TypeSpec type) {
        Signs signs = Signs.SIGNED;
        while (cursor.atAnyOf("SIGNED", "UNSIGNED", "ZEROFILL")) {
            Token sign = cursor.next();
            if (sign.isWord("ZEROFILL")) {
                signs = Signs.ZEROFILL;
            } else if (sign.isWord("UNSIGNED") && signs == Signs.SIGNED) {
                signs = Signs.UNSIGNED;
            }
        }
        return type.withSigns(signs);
    }

    private static TypeSpec labelled(TokenCursor cursor, TypeKind kind) {
        List<String> labels = new ArrayList<>();
        cursor.expectSymbol('(');
        do {
            labels.add(cursor.string().stripTrailing());
        } while (cursor.acceptSymbol(','));
        cursor.expectSymbol(')');
        return StringTypeParser.attributes(cursor, TypeSpec.of(kind).withLabels(labels));
    }

    /** {@code (n)}, or {@code otherwise} when there are no brackets. */
    static int length(TokenCursor cursor, int otherwise) {
        if (!cursor.acceptSymbol('(')) {
            return otherwise;
        }
        int length = cursor.integer();
        cursor.expectSymbol(')');
        return length;
    }
}
