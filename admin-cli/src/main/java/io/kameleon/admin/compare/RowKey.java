package io.kameleon.admin.compare;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What names a row: its key's values, or without a key the whole row.
 *
 * @param columns source's names
 * @param values  canonical, in the order of the columns, null for NULL; long ones are cut where there is no key
 */
public record RowKey(Hash128 hash, List<String> columns, List<String> values) {
    /** Characters of a value that are shown. */
    private static final int SHOWN_MAX = 120;

    public RowKey {
        requireNonNull(hash, "hash");
        columns = List.copyOf(columns);
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** {@code id=5, code=abc}; holds values, so it belongs on standard output only. */
    public String text() {
        var text = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(columns.get(i)).append('=').append(shown(values.get(i)));
        }
        return text.toString();
    }

    static String cut(String value) {
        if (value == null || value.length() <= SHOWN_MAX) {
            return value;
        }
        return value.substring(0, SHOWN_MAX) + "...";
    }

    /** Cut, and without control characters, which would act on a terminal. */
    private static String shown(String value) {
        String cut = cut(value);
        if (cut == null || cut.chars().noneMatch(Character::isISOControl)) {
            return cut;
        }
        var shown = new StringBuilder(cut.length() + 8);
        cut.chars().forEach(c -> {
            if (Character.isISOControl(c)) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                shown.append((char) c);
            }
        });
        return shown.toString();
    }

    /** Names only. */
    @Override
    public String toString() {
        return "row by " + columns;
    }
}
