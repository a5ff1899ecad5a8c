package io.kameleon.catalogue.config;

/**
 * Something in a valid configuration file that its author should know.
 *
 * @param key  path of the key, e.g. {@code sources.shop.copy_mode}
 * @param line 1-based line of the key in the file
 * @param text whole sentences
 */
public record ConfigNote(String key, int line, String text) {
    @Override
    public String toString() {
        return "line " + line + ", " + key + ": " + text;
    }
}
