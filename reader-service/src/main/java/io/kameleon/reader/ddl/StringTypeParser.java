package io.kameleon.reader.ddl;

import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TypeKind;

/** Reads the types for strings of characters or bytes, and the attributes on their character set; stateless. */
final class StringTypeParser {
    private static final String NATIONAL_CHARSET = "utf8mb3";

    private StringTypeParser() {}

    /** @param name the type's first word in upper case; already taken, as {@code token} */
    static TypeSpec parse(TokenCursor cursor, String name, Token token) {
        return switch (name) {
            case "CHAR", "CHARACTER" -> character(cursor, cursor.accept("VARYING") ? TypeKind.VARCHAR : TypeKind.CHAR);
            case "VARCHAR", "VARCHARACTER", "VARCHAR2" -> character(cursor, TypeKind.VARCHAR);
            case "NATIONAL" -> national(cursor);
            case "NCHAR" -> {
                boolean varying = cursor.acceptAnyOf("VARCHAR", "VARYING");
                yield character(cursor, varying ? TypeKind.VARCHAR : TypeKind.CHAR)
                        .withCharset(NATIONAL_CHARSET);
            }
            case "NVARCHAR" -> character(cursor, TypeKind.VARCHAR).withCharset(NATIONAL_CHARSET);
            case "BINARY" -> TypeSpec.sized(TypeKind.BINARY, TypeParser.length(cursor, 1), ColumnType.NONE);
            case "VARBINARY", "RAW" -> TypeSpec.sized(TypeKind.VARBINARY, declaredLength(cursor), ColumnType.NONE);
            case "TINYTEXT" -> attributes(cursor, TypeSpec.of(TypeKind.TINYTEXT));
            case "TEXT" -> text(cursor);
            case "MEDIUMTEXT" -> attributes(cursor, TypeSpec.of(TypeKind.MEDIUMTEXT));
            case "LONGTEXT", "CLOB" -> attributes(cursor, TypeSpec.of(TypeKind.LONGTEXT));
            case "TINYBLOB" -> TypeSpec.of(TypeKind.TINYBLOB);
            case "BLOB" -> TypeSpec.sized(TypeKind.BLOB, TypeParser.length(cursor, ColumnType.NONE), ColumnType.NONE);
            case "MEDIUMBLOB" -> TypeSpec.of(TypeKind.MEDIUMBLOB);
            case "LONGBLOB" -> TypeSpec.of(TypeKind.LONGBLOB);
            case "LONG" -> longString(cursor);
            default -> throw StatementNotUnderstood.at(token);
        };
    }

    private static TypeSpec character(TokenCursor cursor, TypeKind kind) {
        int length = kind == TypeKind.VARCHAR ? declaredLength(cursor) : TypeParser.length(cursor, 1);
        return attributes(cursor, TypeSpec.sized(kind, length, ColumnType.NONE));
    }

    private static TypeSpec national(TokenCursor cursor) {
        boolean varying = cursor.acceptAnyOf("VARCHAR", "VARCHARACTER");
        if (!varying) {
            if (!cursor.acceptAnyOf("CHAR", "CHARACTER")) {
                throw StatementNotUnderstood.at(cursor.peek());
            }
            varying = cursor.accept("VARYING");
        }
        return character(cursor, varying ? TypeKind.VARCHAR : TypeKind.CHAR).withCharset(NATIONAL_CHARSET);
    }

    private static TypeSpec text(TokenCursor cursor) {
        int length = TypeParser.length(cursor, ColumnType.NONE);
        return attributes(cursor, TypeSpec.sized(TypeKind.TEXT, length, ColumnType.NONE));
    }

    private static TypeSpec longString(TokenCursor cursor) {
        if (cursor.accept("VARBINARY")) {
            return TypeSpec.of(TypeKind.MEDIUMBLOB);
        }
        if (!cursor.acceptAnyOf("VARCHAR", "VARCHARACTER") && cursor.atAnyOf("CHAR", "CHARACTER")) {
            if (cursor.peek(1).isWord("VARYING")) {
                cursor.next();
                cursor.next();
            }
        }
        return attributes(cursor, TypeSpec.of(TypeKind.MEDIUMTEXT));
    }

    private static int declaredLength(TokenCursor cursor) {
        if (!cursor.atSymbol('(')) {
            throw StatementNotUnderstood.at(cursor.peek());
        }
        return TypeParser.length(cursor, 0);
    }

    /** CHARACTER SET, and the attributes that stand for one, in any order. */
    static TypeSpec attributes(TokenCursor cursor, TypeSpec type) {
        TypeSpec result = type;
        while (true) {
            if (cursor.accept("CHARACTER", "SET") || cursor.accept("CHAR", "SET") || cursor.accept("CHARSET")) {
                result = result.withCharset(nameOrString(cursor));
            } else if (cursor.accept("COLLATE")) {
                result = result.withCollation(nameOrString(cursor));
            } else if (cursor.accept("BINARY")) {
                result = result.withBinaryCollation();
            } else if (cursor.accept("ASCII")) {
                result = result.withCharset("latin1");
            } else if (cursor.accept("UNICODE")) {
                result = result.withCharset("ucs2");
            } else if (cursor.accept("BYTE")) {
                result = result.withCharset(Charsets.BINARY);
            } else {
                return result;
            }
        }
    }

    static String nameOrString(TokenCursor cursor) {
        return cursor.peek().kind() == Token.Kind.STRING ? cursor.string() : cursor.name();
    }
}
