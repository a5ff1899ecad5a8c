package io.kameleon.reader.ddl;

import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TypeKind;
import java.util.List;

/**
 * Says of a change of type whether stored values keep their meaning, so that PostgreSQL can make the same change by itself
 * (F30). Only what is surely the same counts as the same; stateless.
 *
 * <p>Under a strict {@code sql_mode} the source refuses a conversion that loses a value: then a narrower type is safe too.
 */
final class TypeConversion {
    private TypeConversion() {}

    static boolean keepsValues(ColumnType from, ColumnType to, SqlMode mode) {
        TypeKind kind = from.kind();
        if (kind.isInteger()) {
            return integer(from, to, mode);
        }
        if (isString(kind)) {
            return isString(to.kind()) && string(from, to, mode);
        }
        if (kind.isBytes()) {
            return to.kind().isBytes() && bytes(from, to, mode);
        }
        return switch (kind) {
            case ENUM, SET -> labels(from, to, mode);
            case DECIMAL -> decimal(from, to, mode);
            case FLOAT, DOUBLE -> floating(from, to);
            case DATE -> to.kind() == TypeKind.DATE || to.kind() == TypeKind.DATETIME;
            case DATETIME, TIMESTAMP, TIME -> to.kind() == kind && to.fractionDigits() >= from.fractionDigits();
            case BIT, VECTOR -> to.kind() == kind && to.length() == from.length();
            case GEOMETRY -> to.kind() == kind && (to.declared().equals("geometry") || same(from, to));
            default -> to.kind() == kind;
        };
    }

    private static boolean same(ColumnType from, ColumnType to) {
        return from.declared().equals(to.declared());
    }

    private static boolean isString(TypeKind kind) {
        return kind.isText();
    }

    // ---- numbers ----

    private static boolean integer(ColumnType from, ColumnType to, SqlMode mode) {
        if (to.kind().isInteger()) {
            return mode.strict() || min(to) <= min(from) && maxBits(to) >= maxBits(from);
        }
        return switch (to.kind()) {
            case DECIMAL -> mode.strict() || to.length() - to.scale() >= digits(from);
            case DOUBLE -> to.length() == ColumnType.NONE && bytes(from.kind()) <= 4;
            case VARCHAR, TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT ->
                !DeclaredType.isZerofill(from) && (mode.strict() || holds(to, digits(from) + 1));
            default -> false;
        };
    }

    private static boolean holds(ColumnType text, int characters) {
        return text.kind() != TypeKind.VARCHAR || text.length() >= characters;
    }

    private static int bytes(TypeKind kind) {
        return switch (kind) {
            case TINYINT -> 1;
            case SMALLINT -> 2;
            case MEDIUMINT -> 3;
            case INT -> 4;
            default -> 8;
        };
    }

    /** 0 for unsigned, otherwise the negative number of bits below zero. */
    private static int min(ColumnType type) {
        return type.unsigned() ? 0 : -maxBits(type);
    }

    private static int maxBits(ColumnType type) {
        return bytes(type.kind()) * 8 - (type.unsigned() ? 0 : 1);
    }

    private static int digits(ColumnType type) {
        return switch (type.kind()) {
            case TINYINT -> 3;
            case SMALLINT -> 5;
            case MEDIUMINT -> 8;
            case INT -> 10;
            default -> 20;
        };
    }

    private static boolean decimal(ColumnType from, ColumnType to, SqlMode mode) {
        if (to.kind() != TypeKind.DECIMAL || to.scale() < from.scale()) {
            return false; // rounding is not an error even in a strict mode
        }
        boolean wider = to.length() - to.scale() >= from.length() - from.scale();
        boolean signKept = !to.unsigned() || from.unsigned();
        return mode.strict() || wider && signKept;
    }

    private static boolean floating(ColumnType from, ColumnType to) {
        boolean digitsKept = to.length() == from.length() && to.scale() == from.scale();
        boolean open = to.length() == ColumnType.NONE;
        boolean wider = to.kind() == from.kind() || to.kind() == TypeKind.DOUBLE;
        return wider && (digitsKept || open) && (!to.unsigned() || from.unsigned());
    }

    // ---- strings, bytes, labels ----

    private static boolean string(ColumnType from, ColumnType to, SqlMode mode) {
        boolean padLost = to.kind() == TypeKind.CHAR && from.kind() != TypeKind.CHAR;
        if (padLost) {
            return false; // trailing spaces go
        }
        boolean wider = characters(to) >= characters(from);
        return mode.strict() || wider && Charsets.covers(to.charset(), from.charset());
    }

    private static long characters(ColumnType type) {
        return TextCapacity.isTextFamily(type.kind())
                ? TextCapacity.bytes(type.kind()) / Charsets.maxBytes(type.charset())
                : type.length();
    }

    private static boolean bytes(ColumnType from, ColumnType to, SqlMode mode) {
        if (to.kind() == TypeKind.BINARY || from.kind() == TypeKind.BINARY) {
            return to.kind() == TypeKind.BINARY
                    ? from.kind() == to.kind() && from.length() == to.length()
                    : fits(from, to);
        }
        return mode.strict() || fits(from, to);
    }

    private static boolean fits(ColumnType from, ColumnType to) {
        return capacity(to) >= capacity(from);
    }

    private static long capacity(ColumnType type) {
        boolean sized = type.kind() == TypeKind.BINARY || type.kind() == TypeKind.VARBINARY;
        return sized ? type.length() : TextCapacity.bytes(type.kind());
    }

    /** Values move by label: new labels and another order are harmless, but a label may not go or change its spelling. */
    private static boolean labels(ColumnType from, ColumnType to, SqlMode mode) {
        if (from.kind() == TypeKind.ENUM && to.kind().isText() && to.kind() != TypeKind.CHAR) {
            return mode.strict() || from.labels().stream().allMatch(l -> characters(to) >= l.length());
        }
        if (to.kind() != from.kind()) {
            return false;
        }
        if (to.labels().containsAll(from.labels())) {
            return true;
        }
        return mode.strict() && from.labels().stream().allMatch(l -> keptOrGone(l, to.labels()));
    }

    private static boolean keptOrGone(String label, List<String> labels) {
        return labels.contains(label) || labels.stream().noneMatch(l -> l.equalsIgnoreCase(label));
    }
}
