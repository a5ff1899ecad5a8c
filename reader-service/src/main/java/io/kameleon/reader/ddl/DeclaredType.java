package io.kameleon.reader.ddl;

import io.kameleon.reader.ddl.TypeSpec.Signs;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TypeKind;
import java.util.List;
import java.util.Locale;

/** Writes a type as SHOW CREATE TABLE does; stateless. */
final class DeclaredType {
    private DeclaredType() {}

    static String of(TypeSpec spec, int length) {
        String name = name(spec.kind());
        String text =
                switch (spec.kind()) {
                    case DECIMAL -> name + "(" + length + "," + spec.scale() + ")";
                    case FLOAT, DOUBLE ->
                        length == ColumnType.NONE ? name : name + "(" + length + "," + spec.scale() + ")";
                    case DATETIME, TIMESTAMP, TIME -> length > 0 ? sized(name, length) : name;
                    default -> sized(name, length);
                };
        return text
                + switch (spec.signs()) {
                    case SIGNED -> "";
                    case UNSIGNED -> " unsigned";
                    case ZEROFILL -> " unsigned zerofill";
                };
    }

    static String name(TypeKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    static String sized(String name, int length) {
        return length == ColumnType.NONE ? name : name + "(" + length + ")";
    }

    /** {@code 'a','it''s'}. */
    static String quoted(List<String> labels) {
        var text = new StringBuilder();
        for (String label : labels) {
            text.append(text.isEmpty() ? "'" : ",'");
            for (int i = 0; i < label.length(); i++) {
                appendEscaped(text, label.charAt(i));
            }
            text.append('\'');
        }
        return text.toString();
    }

    private static void appendEscaped(StringBuilder text, char c) {
        switch (c) {
            case '\'' -> text.append("''");
            case '\\' -> text.append("\\\\");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case 0 -> text.append("\\0");
            default -> text.append(c);
        }
    }

    /** The width that ZEROFILL without one pads to. */
    static int unsignedWidth(TypeKind kind) {
        return switch (kind) {
            case TINYINT -> 3;
            case SMALLINT -> 5;
            case MEDIUMINT -> 8;
            case INT -> 10;
            default -> 20;
        };
    }

    static boolean isZerofill(ColumnType type) {
        return type.declared().endsWith(Signs.ZEROFILL.name().toLowerCase(Locale.ROOT));
    }
}
