package io.kameleon.catalogue.config;

/**
 * A key that a configuration file may hold.
 *
 * @param path     keys joined by dots; {@code *} stands for a name that the user chooses
 * @param allowed  what its value may be, as it stands in faults and in the documentation
 * @param fallback the value when the key is absent, as it would be written; empty when the key is required
 * @param meaning  whole sentences
 */
record ConfigKey(String path, String allowed, String fallback, String meaning) {
    /** {@code sources.*} of {@code sources.*.type}; empty at the top. */
    String parent() {
        int dot = path.lastIndexOf('.');
        return dot < 0 ? "" : path.substring(0, dot);
    }

    String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
