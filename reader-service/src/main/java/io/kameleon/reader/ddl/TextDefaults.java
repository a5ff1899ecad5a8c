package io.kameleon.reader.ddl;

/** The character set and collation of a column, or what columns inherit from their table, or tables from their database. */
record TextDefaults(String charset, String collation) {}
