package io.kameleon.reader.ddl;

/**
 * The options of a table that the model keeps.
 *
 * @param charset   empty when not named
 * @param collation empty when not named
 * @param comment   null when not named
 * @param engine    in upper case; empty when not named
 */
record TableOptions(String charset, String collation, String comment, String engine) {
    static final TableOptions NONE = new TableOptions("", "", null, "");
}
