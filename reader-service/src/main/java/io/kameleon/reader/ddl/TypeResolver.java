package io.kameleon.reader.ddl;

import io.kameleon.reader.ddl.TypeSpec.Collating;
import io.kameleon.reader.ddl.TypeSpec.Signs;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TypeKind;
import java.util.List;

/** Makes a column's type of what a statement declares and what the column inherits. Immutable and thread-safe. */
final class TypeResolver {
    private final ServerDialect dialect;
    private final Charsets charsets;

    TypeResolver(ServerDialect dialect, Charsets charsets) {
        this.dialect = dialect;
        this.charsets = charsets;
    }

    /** @param inherited the table's defaults */
    ColumnType resolve(TypeSpec spec, TextDefaults inherited) {
        if (!hasCharset(spec.kind())) {
            return plain(spec);
        }
        TextDefaults text = text(spec, inherited);
        TypeKind kind = sized(spec, text.charset());
        if (text.charset().equals(Charsets.BINARY) && kind.isText()) {
            return plain(spec.withKind(bytesOf(kind)));
        }
        return withCharset(spec.withKind(kind), text);
    }

    /** The same column in another character set: {@code CONVERT TO CHARACTER SET}. */
    ColumnType convert(ColumnType type, TextDefaults text) {
        if (!hasCharset(type.kind())) {
            return type;
        }
        TypeKind kind = type.kind();
        if (TextCapacity.isTextFamily(kind)) {
            kind = TextCapacity.holding(
                    TextCapacity.bytes(kind) / Charsets.maxBytes(type.charset()) * Charsets.maxBytes(text.charset()));
        }
        var spec = new TypeSpec(
                kind, type.length(), type.scale(), Signs.SIGNED, "", "", Collating.INHERITED, "", type.labels());
        if (text.charset().equals(Charsets.BINARY) && kind.isText()) {
            return plain(spec.withKind(bytesOf(kind)));
        }
        return withCharset(spec, text);
    }

    static boolean hasCharset(TypeKind kind) {
        return kind.isText() || kind == TypeKind.ENUM || kind == TypeKind.SET;
    }

    private TextDefaults text(TypeSpec spec, TextDefaults inherited) {
        TextDefaults text = charsets.resolve(spec.charset(), spec.collation(), inherited);
        boolean collationOpen = spec.collation().isEmpty();
        if (spec.collating() == Collating.BINARY && collationOpen) {
            return new TextDefaults(text.charset(), Charsets.binaryCollation(text.charset()));
        }
        return text;
    }

    /** {@code TEXT(n)} is the smallest TEXT type for n characters. */
    private static TypeKind sized(TypeSpec spec, String charset) {
        if (spec.kind() == TypeKind.TEXT && spec.length() > 0) {
            return TextCapacity.holding((long) spec.length() * Charsets.maxBytes(charset));
        }
        return spec.kind();
    }

    private static ColumnType withCharset(TypeSpec spec, TextDefaults text) {
        boolean sized = spec.kind() == TypeKind.CHAR || spec.kind() == TypeKind.VARCHAR;
        int length = sized ? spec.length() : ColumnType.NONE;
        String declared =
                switch (spec.kind()) {
                    case ENUM -> "enum(" + DeclaredType.quoted(spec.labels()) + ")";
                    case SET -> "set(" + DeclaredType.quoted(spec.labels()) + ")";
                    default -> DeclaredType.sized(DeclaredType.name(spec.kind()), length);
                };
        return new ColumnType(
                spec.kind(), length, ColumnType.NONE, false, text.charset(), text.collation(), spec.labels(), declared);
    }

    private ColumnType plain(TypeSpec spec) {
        TypeKind kind = spec.kind();
        if (kind.isInteger()) {
            return integer(spec);
        }
        if (kind == TypeKind.BLOB && spec.length() > 0) {
            kind = bytesOf(TextCapacity.holding(spec.length()));
        }
        int length = keepsLength(kind) ? spec.length() : ColumnType.NONE;
        String declared = kind == TypeKind.GEOMETRY ? spec.subtype() : DeclaredType.of(spec.withKind(kind), length);
        return new ColumnType(kind, length, spec.scale(), spec.unsigned(), "", "", List.of(), declared);
    }

    private static boolean keepsLength(TypeKind kind) {
        return switch (kind) {
            case DECIMAL, FLOAT, DOUBLE, BIT, BINARY, VARBINARY, DATETIME, TIMESTAMP, TIME, VECTOR -> true;
            default -> false;
        };
    }

    /** Display widths say nothing, but for {@code tinyint(1)} (a boolean by custom) and ZEROFILL. */
    private ColumnType integer(TypeSpec spec) {
        boolean flag = spec.kind() == TypeKind.TINYINT
                && spec.length() == 1
                && (!spec.unsigned() || dialect.showsIntegerWidths());
        int length = ColumnType.NONE;
        if (spec.signs() == Signs.ZEROFILL) {
            length = spec.length() == ColumnType.NONE ? DeclaredType.unsignedWidth(spec.kind()) : spec.length();
        } else if (flag) {
            length = 1;
        }
        String declared = DeclaredType.of(spec, length);
        return new ColumnType(spec.kind(), length, ColumnType.NONE, spec.unsigned(), "", "", List.of(), declared);
    }

    static TypeKind bytesOf(TypeKind text) {
        return switch (text) {
            case CHAR -> TypeKind.BINARY;
            case VARCHAR -> TypeKind.VARBINARY;
            case TINYTEXT -> TypeKind.TINYBLOB;
            case TEXT -> TypeKind.BLOB;
            case MEDIUMTEXT -> TypeKind.MEDIUMBLOB;
            case LONGTEXT -> TypeKind.LONGBLOB;
            default -> text;
        };
    }
}
