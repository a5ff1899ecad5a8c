package io.kameleon.reader.binlog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The optional part of a TABLE_MAP event: what the server says of its columns beyond types. MySQL 8 and MariaDB 10.5 write
 * signedness and character sets with {@code binlog_row_metadata=MINIMAL}, names too with FULL; MySQL 5.7 and MariaDB's NO_LOG
 * nothing.
 */
final class TableMapMetadata {
    private static final int SIGNEDNESS = 1;
    private static final int DEFAULT_CHARSET = 2;
    private static final int COLUMN_CHARSET = 3;
    private static final int COLUMN_NAME = 4;

    /** Stands for a collation that the event does not tell. */
    static final int NO_COLLATION = 0;
    /** The collation id of binary strings. */
    static final int BINARY_COLLATION = 63;

    private final int[] typeCodes;
    /** True: unsigned; by column. Null when the event does not tell. */
    private boolean[] unsigned;

    private final int[] collations;
    private List<String> columnNames = List.of();

    private TableMapMetadata(int[] typeCodes) {
        this.typeCodes = typeCodes;
        this.collations = new int[typeCodes.length];
    }

    /** Reads type-length-value fields up to the end; fields of no use here are stepped over. */
    static TableMapMetadata parse(BinlogInput in, int[] typeCodes) {
        var metadata = new TableMapMetadata(typeCodes);
        var field = new BinlogInput();
        while (in.remaining() > 0) {
            int type = in.readUnsignedByte();
            int length = in.readPackedLength();
            int from = in.skip(length);
            metadata.read(type, field.wrap(in.buffer(), from, from + length));
        }
        return metadata;
    }

    private void read(int type, BinlogInput field) {
        switch (type) {
            case SIGNEDNESS -> readSignedness(field);
            case DEFAULT_CHARSET -> readDefaultCharset(field);
            case COLUMN_CHARSET -> readColumnCharsets(field);
            case COLUMN_NAME -> readNames(field);
            default -> {}
        }
    }

    private void readSignedness(BinlogInput field) {
        var flags = new boolean[typeCodes.length];
        int bit = 0;
        int current = 0;
        for (int i = 0; i < flags.length; i++) {
            if (is(i, Family.NUMERIC)) {
                if ((bit & 7) == 0) {
                    current = field.readUnsignedByte();
                }
                flags[i] = (current & 0x80 >> (bit & 7)) != 0;
                bit++;
            }
        }
        unsigned = flags;
    }

    /** One collation for all, then pairs of (position among the character columns, collation) for the others. */
    private void readDefaultCharset(BinlogInput field) {
        int common = field.readPackedLength();
        int[] characterColumns = characterColumns();
        for (int column : characterColumns) {
            collations[column] = common;
        }
        while (field.remaining() > 0) {
            int at = field.readPackedLength();
            if (at >= characterColumns.length) {
                throw BinlogInput.corrupt("a character set for column " + at + " of " + characterColumns.length);
            }
            collations[characterColumns[at]] = field.readPackedLength();
        }
    }

    private void readColumnCharsets(BinlogInput field) {
        for (int column : characterColumns()) {
            collations[column] = field.readPackedLength();
        }
    }

    private int[] characterColumns() {
        var columns = new int[typeCodes.length];
        int count = 0;
        for (int i = 0; i < typeCodes.length; i++) {
            if (is(i, Family.CHARACTER)) {
                columns[count++] = i;
            }
        }
        return Arrays.copyOf(columns, count);
    }

    private void readNames(BinlogInput field) {
        var names = new ArrayList<String>(typeCodes.length);
        while (field.remaining() > 0) {
            int length = field.readPackedLength();
            names.add(new String(field.buffer(), field.skip(length), length, StandardCharsets.UTF_8));
        }
        if (names.size() != typeCodes.length) {
            throw BinlogInput.corrupt(names.size() + " names for " + typeCodes.length + " columns");
        }
        columnNames = List.copyOf(names);
    }

    private boolean is(int column, Family family) {
        WireType type = WireType.of(typeCodes[column]);
        return type != null && (family == Family.NUMERIC ? type.isNumeric() : type.isCharacter());
    }

    boolean knowsSignedness() {
        return unsigned != null;
    }

    boolean isUnsigned(int column) {
        return unsigned != null && unsigned[column];
    }

    /** {@link #NO_COLLATION} when the event does not tell. */
    int collation(int column) {
        return collations[column];
    }

    List<String> columnNames() {
        return columnNames;
    }

    private enum Family {
        NUMERIC,
        CHARACTER
    }
}
