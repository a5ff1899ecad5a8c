package io.kameleon.catalogue.config;

import static java.util.Objects.requireNonNull;

/**
 * A password or another value that no message, log, table or topic may show.
 *
 * <p>Its text is only had by {@link #reveal()}; everything that prints a value prints {@value #MASK}.
 */
public final class Secret {
    public static final String MASK = "********";

    /** No password given: the driver logs in without one, or takes it from where it looks by itself. */
    public static final Secret NONE = new Secret("");

    private final String text;

    private Secret(String text) {
        this.text = requireNonNull(text, "text");
    }

    public static Secret of(String text) {
        return text.isEmpty() ? NONE : new Secret(text);
    }

    /** The clear text, for the driver that logs in with it and for nobody else. */
    public String reveal() {
        return text;
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return MASK;
    }
}
