package io.kameleon.reader.ddl;

import io.kameleon.schemas.table.TypeKind;

/** How many bytes the TEXT and BLOB types hold; stateless. */
final class TextCapacity {
    private static final long TINY = 255L;
    private static final long PLAIN = 65_535L;
    private static final long MEDIUM = 16_777_215L;
    private static final long LONG = 4_294_967_295L;

    private TextCapacity() {}

    static boolean isTextFamily(TypeKind kind) {
        return switch (kind) {
            case TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT -> true;
            default -> false;
        };
    }

    static long bytes(TypeKind kind) {
        return switch (kind) {
            case TINYTEXT, TINYBLOB -> TINY;
            case TEXT, BLOB -> PLAIN;
            case MEDIUMTEXT, MEDIUMBLOB -> MEDIUM;
            default -> LONG;
        };
    }

    /** The smallest TEXT type for so many bytes. */
    static TypeKind holding(long bytes) {
        if (bytes <= TINY) {
            return TypeKind.TINYTEXT;
        }
        if (bytes <= PLAIN) {
            return TypeKind.TEXT;
        }
        return bytes <= MEDIUM ? TypeKind.MEDIUMTEXT : TypeKind.LONGTEXT;
    }
}
