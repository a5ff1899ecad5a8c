package io.kameleon.schemas.table;

/** The storage types of MySQL and MariaDB; synonyms (BOOL, REAL, NCHAR, SERIAL, FIXED, ...) are resolved before this. */
public enum TypeKind {
    TINYINT,
    SMALLINT,
    MEDIUMINT,
    INT,
    BIGINT,
    DECIMAL,
    FLOAT,
    DOUBLE,
    BIT,
    CHAR,
    VARCHAR,
    TINYTEXT,
    TEXT,
    MEDIUMTEXT,
    LONGTEXT,
    BINARY,
    VARBINARY,
    TINYBLOB,
    BLOB,
    MEDIUMBLOB,
    LONGBLOB,
    DATE,
    DATETIME,
    TIMESTAMP,
    TIME,
    YEAR,
    ENUM,
    SET,
    JSON,
    /** GEOMETRY and its subtypes; the subtype is in {@link ColumnType#declared()}. */
    GEOMETRY,
    VECTOR,
    /** MariaDB 10.7. */
    UUID,
    /** MariaDB 10.10. */
    INET4,
    /** MariaDB 10.5. */
    INET6;

    /** Character strings: values are text in the column's character set. ENUM and SET labels are not counted here. */
    public boolean isText() {
        return switch (this) {
            case CHAR, VARCHAR, TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT -> true;
            default -> false;
        };
    }

    public boolean isInteger() {
        return switch (this) {
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> true;
            default -> false;
        };
    }

    public boolean isBytes() {
        return switch (this) {
            case BINARY, VARBINARY, TINYBLOB, BLOB, MEDIUMBLOB, LONGBLOB -> true;
            default -> false;
        };
    }
}
