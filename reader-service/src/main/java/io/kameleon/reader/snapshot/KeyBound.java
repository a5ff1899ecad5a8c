package io.kameleon.reader.snapshot;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A key value that bounds a range, as the server gave it: one text per key column, in the form of its
 * {@link KeyColumn.Form}. Holds column values, so it stands in no message; {@link #toString()} hides them.
 *
 * @param values hexadecimal digits, numbers, or dates and times; none holds a comma
 */
public record KeyBound(List<String> values) {
    private static final Pattern PLAIN = Pattern.compile("[-0-9A-Fa-f:. ]*");

    public KeyBound {
        values = List.copyOf(values);
        if (values.isEmpty() || !values.stream().allMatch(v -> PLAIN.matcher(v).matches())) {
            throw new IllegalArgumentException("not a key bound");
        }
    }

    /** For a ledger: what {@link #parse} reads. */
    public String text() {
        return String.join(",", values);
    }

    public static KeyBound parse(String text) {
        return new KeyBound(List.of(text.split(",", -1)));
    }

    @Override
    public String toString() {
        return "KeyBound[" + values.size() + " columns]";
    }
}
