package io.kameleon.schemas.table;

import static java.util.Objects.requireNonNull;

/**
 * A column's DEFAULT clause. A column without one has a null {@link ColumnDefinition#defaultValue()}.
 *
 * @param kind how {@code text} reads
 * @param text LITERAL: the value unquoted and unescaped ({@code abc}, {@code 1.50}); BITS: binary digits
 *             ({@code 101}); HEX: hexadecimal digits; CURRENT_TIMESTAMP: empty (the column's fraction digits apply);
 *             EXPRESSION: the expression as the source wrote it; NULL: empty
 */
public record ColumnDefault(Kind kind, String text) {
    public ColumnDefault {
        requireNonNull(kind, "kind");
        requireNonNull(text, "text");
    }

    public enum Kind {
        NULL,
        LITERAL,
        BITS,
        HEX,
        CURRENT_TIMESTAMP,
        EXPRESSION
    }
}
