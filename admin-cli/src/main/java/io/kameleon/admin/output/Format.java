package io.kameleon.admin.output;

/** How a command shows data. */
public enum Format {
    TABLE,
    JSON
}
