package io.kameleon.schemas.row;

import io.kameleon.schemas.wire.AvroOutput;

/**
 * How a zero or partial date stands in a row image (F53). In a NOT NULL column it is null always: nothing else can be null there.
 */
public enum ZeroDateForm {
    /** Null, as Debezium has it: in a nullable column no other than NULL. */
    NULL {
        @Override
        public boolean write(ColumnShape shape, AvroOutput out) {
            return false;
        }
    },
    /** A value that no date has, so that it is told from NULL: the least number of the shape, or {@link #TIMESTAMP}. */
    MARKED {
        @Override
        public boolean write(ColumnShape shape, AvroOutput out) {
            switch (shape) {
                case DATE -> out.writeInt(DATE);
                case DATETIME_MILLIS, DATETIME_MICROS -> out.writeLong(DATETIME);
                case TIMESTAMP -> out.writeString(TIMESTAMP);
                default -> throw new IllegalArgumentException(shape + " has no zero date");
            }
            return true;
        }
    };

    /** Marks a zero date of shape DATE. */
    public static final int DATE = Integer.MIN_VALUE;
    /** Marks a zero date of the shapes DATETIME_MILLIS and DATETIME_MICROS. */
    public static final long DATETIME = Long.MIN_VALUE;
    /** Marks a zero date of shape TIMESTAMP. */
    public static final String TIMESTAMP = "0000-00-00T00:00:00Z";

    /**
     * Writes the mark of a nullable column.
     *
     * @return false when there is none: the value is null
     */
    public abstract boolean write(ColumnShape shape, AvroOutput out);
}
