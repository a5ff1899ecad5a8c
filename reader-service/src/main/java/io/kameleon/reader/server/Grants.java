package io.kameleon.reader.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A user's privileges, read from {@code SHOW GRANTS} of either flavour. Grants on single tables, columns and routines are
 * kept apart, as they say nothing about a whole schema.
 *
 * <p>MySQL 8's partial revokes come as REVOKE lines and count.
 */
final class Grants {
    private static final Pattern LINE = Pattern.compile(
            "(GRANT|REVOKE) (.+?) ON (?:TABLE )?(\\*|`(?:[^`]|``)*`)\\.(\\*|`(?:[^`]|``)*`) (?:TO|FROM) .*",
            Pattern.DOTALL);
    private static final Pattern COLUMN_LIST = Pattern.compile("\\([^)]*\\)");

    private final List<Entry> granted;
    private final List<Entry> revoked;

    private Grants(List<Entry> granted, List<Entry> revoked) {
        this.granted = granted;
        this.revoked = revoked;
    }

    static Grants parse(List<String> lines) {
        var granted = new ArrayList<Entry>();
        var revoked = new ArrayList<Entry>();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                (matcher.group(1).equals("GRANT") ? granted : revoked).add(Entry.of(matcher));
            }
        }
        return new Grants(granted, revoked);
    }

    /** Whether one of the privileges is held for the whole server. */
    boolean hasGlobal(String... privileges) {
        return granted.stream().anyMatch(e -> e.isGlobal() && e.hasAny(privileges));
    }

    /** Whether the privilege is held for every table of the schema. */
    boolean hasOnSchema(String privilege, String schema) {
        boolean bySchema = granted.stream().anyMatch(e -> e.isSchemaWide() && e.covers(schema) && e.hasAny(privilege));
        boolean takenAway = revoked.stream().anyMatch(e -> e.covers(schema) && e.hasAny(privilege));
        return bySchema || hasGlobal(privilege) && !takenAway;
    }

    /** Whether the privilege is held for some table of the schema by a grant on that table. */
    boolean hasOnSomeTable(String privilege, String schema) {
        return granted.stream()
                .anyMatch(e -> !e.isGlobal() && !e.isSchemaWide() && e.covers(schema) && e.hasAny(privilege));
    }

    /**
     * @param schema  a LIKE pattern; empty for the whole server
     * @param table   empty for all
     */
    private record Entry(Set<String> privileges, Optional<String> schema, Optional<String> table) {
        static Entry of(Matcher matcher) {
            Set<String> privileges = Arrays.stream(
                            COLUMN_LIST.matcher(matcher.group(2)).replaceAll("").split(","))
                    .map(p -> p.strip().toUpperCase(Locale.ROOT))
                    .collect(Collectors.toCollection(TreeSet::new));
            return new Entry(privileges, name(matcher.group(3)), name(matcher.group(4)));
        }

        private static Optional<String> name(String text) {
            return text.equals("*")
                    ? Optional.empty()
                    : Optional.of(text.substring(1, text.length() - 1).replace("``", "`"));
        }

        boolean isGlobal() {
            return schema.isEmpty();
        }

        boolean isSchemaWide() {
            return schema.isPresent() && table.isEmpty();
        }

        boolean hasAny(String... wanted) {
            return privileges.contains("ALL PRIVILEGES")
                    || privileges.contains("ALL")
                    || Arrays.stream(wanted).anyMatch(privileges::contains);
        }

        /** Table grants name their schema literally, schema grants by a pattern with {@code %}, {@code _} and backslash. */
        boolean covers(String name) {
            return schema.map(s -> table.isPresent() ? s.equals(name) : s.equals(name) || like(s, name))
                    .orElse(true);
        }

        private static boolean like(String pattern, String name) {
            var regex = new StringBuilder();
            for (int i = 0; i < pattern.length(); i++) {
                char c = pattern.charAt(i);
                if (c == '\\' && i + 1 < pattern.length()) {
                    regex.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
                } else if (c == '%') {
                    regex.append(".*");
                } else if (c == '_') {
                    regex.append('.');
                } else {
                    regex.append(Pattern.quote(String.valueOf(c)));
                }
            }
            return name.matches("(?s)" + regex);
        }
    }
}
