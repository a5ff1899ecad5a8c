package io.kameleon.reader.ddl;

import java.util.List;

/** What stands between the brackets of CREATE TABLE, and behind ADD in ALTER TABLE. */
sealed interface TableElement {
    record Column(ColumnSpec spec) implements TableElement {}

    record PrimaryKey(List<String> columns) implements TableElement {
        public PrimaryKey {
            columns = List.copyOf(columns);
        }
    }

    record Index(IndexSpec spec) implements TableElement {}

    record ForeignKey(ForeignKeySpec spec) implements TableElement {}

    /** A CHECK: the model does not keep it. */
    record Check() implements TableElement {}

    /** MariaDB's application-time period: its two columns are NOT NULL. */
    record Period(String from, String to) implements TableElement {}
}
