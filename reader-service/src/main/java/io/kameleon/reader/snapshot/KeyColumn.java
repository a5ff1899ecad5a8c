package io.kameleon.reader.snapshot;

import static java.util.Objects.requireNonNull;

import io.kameleon.reader.server.Identifiers;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import java.util.Optional;

/**
 * A key column by which ranges are cut: how its value is read as text, and how that text is a literal that compares with
 * the column exactly and by its index.
 *
 * <p>Text is compared by the server in the column's own character set and collation (F38): its bytes travel as
 * hexadecimal digits in the same character set, so nothing is converted, and a column's collation goes before a literal's
 * (MySQL 8.4 manual, "Collation Coercibility in Expressions").
 *
 * @param charset MySQL's name; empty but for text
 */
record KeyColumn(String name, Form form, String charset) {
    KeyColumn {
        requireNonNull(name, "name");
        requireNonNull(form, "form");
    }

    /** Empty for a type whose literals do not compare exactly, or whose order is not that of its comparison. */
    static Optional<KeyColumn> of(ColumnDefinition column) {
        ColumnType type = column.type();
        Form form =
                switch (type.kind()) {
                    case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> Form.INTEGER;
                    case DECIMAL, YEAR -> Form.NUMBER;
                    case CHAR, VARCHAR -> Form.TEXT;
                    case BINARY, VARBINARY -> Form.BYTES;
                    case DATE, DATETIME, TIMESTAMP, TIME -> Form.TEMPORAL;
                    case UUID, INET4, INET6 -> Form.ADDRESS;
                    // ENUM and SET order by number and compare by label; floating point has no exact literal; LOBs are
                    // only indexed by a prefix.
                    default -> null;
                };
        if (form == null || form == Form.TEXT && type.charset().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new KeyColumn(column.name(), form, type.charset()));
    }

    String quoted() {
        return Identifiers.quote(name);
    }

    String selectExpression() {
        return switch (form) {
            case INTEGER, NUMBER -> quoted();
            case TEXT, BYTES -> "HEX(" + quoted() + ")";
            case TEMPORAL, ADDRESS -> "CAST(" + quoted() + " AS CHAR)";
        };
    }

    String literal(String value) {
        return switch (form) {
            case INTEGER, NUMBER -> value;
            case TEXT -> "_" + charset + " X'" + value + "'";
            case BYTES -> "X'" + value + "'";
            case TEMPORAL, ADDRESS -> "'" + value + "'";
        };
    }

    /** How a value is written. */
    enum Form {
        /** Decimal digits with a sign. */
        INTEGER,
        /** Decimal digits with a sign and a point. */
        NUMBER,
        /** Hexadecimal digits of the bytes in the column's character set. */
        TEXT,
        /** Hexadecimal digits. */
        BYTES,
        /** As MySQL writes dates and times, with the column's fraction digits; TIMESTAMP in UTC. */
        TEMPORAL,
        /** As MariaDB writes a UUID or an address. */
        ADDRESS
    }
}
