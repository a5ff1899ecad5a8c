package io.kameleon.catalogue.config;

/**
 * One thing wrong with a configuration file.
 *
 * @param key  path of the key, e.g. {@code sources.shop.my_server_id}; empty when the file as a whole is meant
 * @param line 1-based line in the file; 0 when no line can be named
 * @param text what is wrong and what is allowed, without any secret value
 */
public record ConfigFault(String key, int line, String text) {
    @Override
    public String toString() {
        String place = line > 0 ? "line " + line : "whole file";
        return key.isEmpty() ? place + ": " + text : place + ", " + key + ": " + text;
    }
}
