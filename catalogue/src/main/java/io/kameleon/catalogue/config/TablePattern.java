package io.kameleon.catalogue.config;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.table.TableId;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * An entry of a table list: {@code schema.table} by its name, or {@code /regex/} over {@code schema.table}.
 *
 * <p>A regular expression has to match the whole of {@code schema.table}. Case matters in both forms.
 */
public sealed interface TablePattern {
    boolean matches(TableId table);

    /** As the file has it. */
    String text();

    /** @throws IllegalArgumentException with what is wrong when the entry is neither form */
    static TablePattern parse(String text) {
        if (text.length() > 1 && text.startsWith("/") && text.endsWith("/")) {
            return Regex.of(text);
        }
        int dot = text.indexOf('.');
        if (dot < 1 || dot == text.length() - 1) {
            throw new IllegalArgumentException("it has no schema; write schema.table or /regex/");
        }
        return new Literal(text);
    }

    /** True when the list is empty or one of its entries matches. */
    static boolean allOrAny(List<TablePattern> patterns, TableId table) {
        return patterns.isEmpty() || any(patterns, table);
    }

    static boolean any(List<TablePattern> patterns, TableId table) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(table));
    }

    /**
     * One table.
     *
     * @param text {@code schema.table}; a name that holds dots is meant when schema and table joined by a dot give this text
     */
    record Literal(String text) implements TablePattern {
        public Literal {
            requireNonNull(text, "text");
        }

        @Override
        public boolean matches(TableId table) {
            String schema = table.schema();
            return text.length() == schema.length() + 1 + table.name().length()
                    && text.startsWith(schema)
                    && text.charAt(schema.length()) == '.'
                    && text.endsWith(table.name());
        }

        /** Whether the entry names a table of that schema. */
        boolean isIn(String schema) {
            return text.length() > schema.length() && text.startsWith(schema) && text.charAt(schema.length()) == '.';
        }
    }

    /** @param text with its slashes */
    record Regex(String text, Pattern pattern) implements TablePattern {
        static Regex of(String text) {
            try {
                return new Regex(text, Pattern.compile(text.substring(1, text.length() - 1)));
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "it is not a regular expression: " + e.getDescription() + " near index " + e.getIndex(), e);
            }
        }

        @Override
        public boolean matches(TableId table) {
            return pattern.matcher(table.toString()).matches();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Regex regex && regex.text.equals(text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }
}
