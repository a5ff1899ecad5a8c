package io.kameleon.reader.binlog;

import io.kameleon.reader.value.CharacterSets;
import io.kameleon.reader.value.ColumnPlace;
import io.kameleon.reader.value.FixedBinary;
import io.kameleon.reader.value.Labels;
import io.kameleon.reader.value.TextDecoder;
import io.kameleon.schemas.row.ColumnShape;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TypeKind;

/**
 * Chooses a column's decoder from what the definition says and what the TABLE_MAP says, and refuses the column where they do
 * not agree (F29).
 */
final class ColumnDecoders {
    private static final int ENUM_LABELS_IN_ONE_BYTE = 255;

    private final ColumnDefinition column;
    private final ColumnType type;
    private final ColumnPlace place;
    private final TableMap map;
    private final int index;
    private final int metadata;

    private ColumnDecoders(ColumnPlace place, ColumnDefinition column, TableMap map, int index) {
        this.place = place;
        this.column = column;
        this.type = column.type();
        this.map = map;
        this.index = index;
        this.metadata = map.metadata(index);
    }

    /** @throws io.kameleon.schemas.error.ReplicationException TABLE_DEFINITION_MISMATCH or TYPE_UNSUPPORTED */
    static ColumnDecoder of(ColumnPlace place, ColumnDefinition column, TableMap map, int index) {
        var chooser = new ColumnDecoders(place, column, map, index);
        chooser.refuseUnknownTypes();
        chooser.checkOptionalMetadata();
        return chooser.choose();
    }

    private void refuseUnknownTypes() {
        for (int i = 0; i <= index; i++) {
            if (map.type(i) == null) {
                throw place.unsupported("stands at or behind a type code that is not known: " + map.typeCode(i));
            }
        }
        if (map.type(index) == WireType.BLOB_COMPRESSED || map.type(index) == WireType.VARCHAR_COMPRESSED) {
            throw place.unsupported("is a COMPRESSED column, whose binlog form is not read yet");
        }
    }

    private void checkOptionalMetadata() {
        TableMapMetadata optional = map.optional();
        if (!optional.columnNames().isEmpty()
                && !optional.columnNames().get(index).equalsIgnoreCase(column.name())) {
            throw place.mismatch(
                    "is named '" + optional.columnNames().get(index) + "' in the binlog at the same place");
        }
        if (type.kind().isInteger() && optional.knowsSignedness() && optional.isUnsigned(index) != type.unsigned()) {
            throw mismatch((type.unsigned() ? "signed " : "unsigned ") + describe());
        }
        int collation = optional.collation(index);
        if (collation != TableMapMetadata.NO_COLLATION) {
            boolean binary = collation == TableMapMetadata.BINARY_COLLATION;
            require(!(binary && type.kind().isText()), "a binary string");
            require(!(!binary && type.kind().isBytes()), "a text in a character set");
        }
    }

    private ColumnDecoder choose() {
        return switch (type.kind()) {
            case TINYINT -> integer(WireType.TINY, 1);
            case SMALLINT -> integer(WireType.SHORT, 2);
            case MEDIUMINT -> integer(WireType.INT24, 3);
            case INT -> integer(WireType.LONG, 4);
            case BIGINT -> integer(WireType.LONGLONG, 8);
            case FLOAT -> floating(WireType.FLOAT, 4);
            case DOUBLE -> floating(WireType.DOUBLE, 8);
            case DECIMAL -> decimal();
            case BIT -> bit();
            case CHAR, VARCHAR, TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT ->
                new StringDecoders.Text(lengthBytes(), TextDecoder.of(place, column));
            case BINARY -> new StringDecoders.PaddedBytes(lengthBytes(), metadata);
            case VARBINARY, TINYBLOB, BLOB, MEDIUMBLOB, LONGBLOB -> new StringDecoders.Bytes(lengthBytes());
            case DATE -> date();
            case TIME, DATETIME, TIMESTAMP -> temporal();
            case YEAR -> year();
            case ENUM -> new StringDecoders.Enum(labelBytes(WireType.ENUM), new Labels(place, column));
            case SET -> new StringDecoders.Set(labelBytes(WireType.SET), new Labels(place, column));
            case JSON -> json();
            case GEOMETRY -> new ObjectDecoders.Geometry(objectLengthBytes(WireType.GEOMETRY), place);
            case VECTOR -> new ObjectDecoders.Vector(objectLengthBytes(WireType.VECTOR), place);
            case UUID, INET4, INET6 -> fixed(FixedBinary.of(type.kind()));
        };
    }

    private ColumnDecoder integer(WireType wire, int width) {
        requireWire(wire);
        if (!type.unsigned()) {
            return new NumberDecoders.SignedInteger(width);
        }
        return width == 8 ? new NumberDecoders.UnsignedBigint() : new NumberDecoders.UnsignedInteger(width);
    }

    private ColumnDecoder floating(WireType wire, int width) {
        requireWire(wire);
        return new NumberDecoders.Floating(width);
    }

    private ColumnDecoder decimal() {
        requireWire(WireType.NEWDECIMAL);
        int precision = ColumnShape.decimalPrecision(type);
        int scale = ColumnShape.decimalScale(type);
        require(metadata == (precision | scale << 8), describe());
        return new DecimalDecoder(precision, scale);
    }

    private ColumnDecoder bit() {
        requireWire(WireType.BIT);
        int bits = 8 * (metadata >> 8) + (metadata & 0xFF);
        require(bits == Math.max(type.length(), 1), describe());
        return bits == 1 ? new NumberDecoders.SingleBit() : new NumberDecoders.Bits(bits);
    }

    /** Checks a string's type and size, and gives the width of the length before its values. */
    private int lengthBytes() {
        return switch (type.kind()) {
            case CHAR, BINARY -> shortStringLengthBytes(map.type(index) == WireType.STRING);
            case VARCHAR, VARBINARY ->
                shortStringLengthBytes(map.type(index) == WireType.VARCHAR || map.type(index) == WireType.VAR_STRING);
            case TINYTEXT, TINYBLOB -> blobLengthBytes(1);
            case TEXT, BLOB -> blobLengthBytes(2);
            case MEDIUMTEXT, MEDIUMBLOB -> blobLengthBytes(3);
            default -> blobLengthBytes(4);
        };
    }

    private int shortStringLengthBytes(boolean rightType) {
        require(rightType, describe());
        int perUnit = type.kind().isText() ? CharacterSets.maxBytes(type.charset()) : 1;
        if (type.length() != ColumnType.NONE && perUnit > 0) {
            require(metadata == type.length() * perUnit, describe());
        }
        return metadata > 255 ? 2 : 1;
    }

    private int blobLengthBytes(int expected) {
        WireType wire = map.type(index);
        boolean blob = wire == WireType.BLOB
                || wire == WireType.TINY_BLOB
                || wire == WireType.MEDIUM_BLOB
                || wire == WireType.LONG_BLOB;
        require(blob && metadata == expected, describe());
        return expected;
    }

    private ColumnDecoder date() {
        require(map.type(index) == WireType.DATE || map.type(index) == WireType.NEWDATE, describe());
        return new TemporalDecoders.Date();
    }

    private ColumnDecoder temporal() {
        int digits = type.fractionDigits();
        WireType wire = map.type(index);
        if (wire == newFormat(type.kind())) {
            require(metadata == digits, describe());
            return switch (wire) {
                case TIME2 -> new TemporalDecoders.Time(digits);
                case DATETIME2 -> new TemporalDecoders.DateTime(digits);
                default -> new TemporalDecoders.Timestamp(digits);
            };
        }
        require(wire.name().equals(type.kind().name()), describe());
        return switch (wire) {
            case TIME -> new OldTemporalDecoders.Time(digits);
            case DATETIME -> new OldTemporalDecoders.DateTime(digits);
            default -> new OldTemporalDecoders.Timestamp(digits);
        };
    }

    private static WireType newFormat(TypeKind kind) {
        return switch (kind) {
            case TIME -> WireType.TIME2;
            case DATETIME -> WireType.DATETIME2;
            default -> WireType.TIMESTAMP2;
        };
    }

    private ColumnDecoder year() {
        requireWire(WireType.YEAR);
        return new NumberDecoders.Year();
    }

    private int labelBytes(WireType wire) {
        requireWire(wire);
        int labels = type.labels().size();
        int setBytes = (labels + 7) / 8;
        int expected = wire == WireType.ENUM ? (labels > ENUM_LABELS_IN_ONE_BYTE ? 2 : 1) : setBytes > 4 ? 8 : setBytes;
        require(metadata == expected, describe() + " and has another number of labels");
        return metadata;
    }

    private int objectLengthBytes(WireType wire) {
        requireWire(wire);
        require(metadata >= 1 && metadata <= 4, describe());
        return metadata;
    }

    private ColumnDecoder fixed(FixedBinary binary) {
        requireWire(WireType.STRING);
        require(metadata == binary.width(), describe());
        return new ObjectDecoders.Fixed(binary);
    }

    private ColumnDecoder json() {
        requireWire(WireType.JSON);
        require(metadata >= 1 && metadata <= 4, describe());
        return new JsonDecoder(metadata, place);
    }

    private void requireWire(WireType wire) {
        require(map.type(index) == wire, describe());
    }

    private String describe() {
        return map.type(index).describe(metadata);
    }

    private void require(boolean agrees, String inBinlog) {
        if (!agrees) {
            throw mismatch(inBinlog);
        }
    }

    private RuntimeException mismatch(String inBinlog) {
        String charset = type.charset().isEmpty() ? "" : " character set " + type.charset();
        return place.mismatch(
                "is " + type.declared() + charset + " in the definition, but " + inBinlog + " in the binlog");
    }
}
