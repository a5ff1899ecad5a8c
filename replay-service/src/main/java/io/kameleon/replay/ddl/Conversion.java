package io.kameleon.replay.ddl;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How the old values of a column become values of its new type.
 *
 * @param using        expression for {@code ALTER COLUMN TYPE ... USING}, of the new type; empty when type and values stay.
 *                     It never fails, whatever the values are.
 * @param update       expression with which the rows are updated afterwards, because USING cannot hold it; empty mostly
 * @param resyncReason not empty when the result is not always what the source has
 */
record Conversion(Optional<String> using, Optional<String> update, String resyncReason) {
    static final Conversion NONE = new Conversion(Optional.empty(), Optional.empty(), "");

    Conversion {
        requireNonNull(using, "using");
        requireNonNull(update, "update");
        requireNonNull(resyncReason, "resyncReason");
    }

    /** The result is what the source has. */
    static Conversion exact(String using) {
        return new Conversion(Optional.of(using), Optional.empty(), "");
    }

    static Conversion resync(String using, String reason) {
        return new Conversion(Optional.of(using), Optional.empty(), reason);
    }

    static Conversion updated(String update) {
        return new Conversion(Optional.empty(), Optional.of(update), "");
    }
}
