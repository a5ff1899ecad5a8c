package io.kameleon.admin.compare;

import io.kameleon.admin.compare.ComparedColumn.Lookup;
import io.kameleon.admin.compare.ComparedColumn.Side;
import io.kameleon.reader.server.Identifiers;
import io.kameleon.replay.ddl.SqlText;
import io.kameleon.replay.row.BytesForm;
import io.kameleon.replay.row.ZeroDatePolicy;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TypeKind;
import java.util.List;

/**
 * Chooses the canonical form of a column by its types on both sides.
 *
 * <p>A pair of types that no rule knows is compared by the texts that the servers print; {@link #isKnown} tells.
 */
final class ColumnForms {
    private final ColumnDefinition source;
    private final DestinationColumn destination;
    private final ConversionTally tally;
    private final String sourceColumn;
    private final String destinationColumn;
    private final Form form;

    ColumnForms(ColumnDefinition source, DestinationColumn destination, ConversionTally tally) {
        this.source = source;
        this.destination = destination;
        this.tally = tally;
        this.sourceColumn = Identifiers.quote(source.name());
        this.destinationColumn = SqlText.identifier(destination.name());
        this.form = form(source.type().kind(), destination);
    }

    /** What values mean, whatever the types are. */
    private enum Form {
        NUMBER,
        BOOLEAN,
        BITS,
        FLOAT,
        DOUBLE,
        TEXT,
        BYTES,
        DATE,
        MOMENT,
        TIME,
        SET,
        JSON,
        GEOMETRY,
        VECTOR,
        ADDRESS,
        /** As the servers print it. */
        UNKNOWN
    }

    boolean isKnown() {
        return form != Form.UNKNOWN;
    }

    ComparedColumn column() {
        return new ComparedColumn(source.name(), sourceSide(), destinationSide(), lookup());
    }

    private static Form form(TypeKind kind, DestinationColumn destination) {
        boolean numberOrText = destination.isNumber() || destination.isText();
        return switch (kind) {
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, DECIMAL, YEAR ->
                destination.isBoolean() ? Form.BOOLEAN : known(Form.NUMBER, numberOrText);
            case BIT ->
                destination.isBoolean()
                        ? Form.BOOLEAN
                        : known(Form.BITS, destination.isBits() || destination.isBytes() || numberOrText);
            case FLOAT -> known(Form.FLOAT, numberOrText);
            case DOUBLE -> known(Form.DOUBLE, numberOrText);
            case CHAR, VARCHAR, TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT ->
                destination.isJson() ? Form.JSON : known(Form.TEXT, destination.isText() || destination.isBytes());
            case ENUM -> known(Form.TEXT, destination.isText());
            case BINARY, VARBINARY, TINYBLOB, BLOB, MEDIUMBLOB, LONGBLOB ->
                known(Form.BYTES, destination.isBytes() || destination.isText() || isUuid(destination));
            case DATE -> known(Form.DATE, destination.isCalendar());
            case DATETIME, TIMESTAMP -> known(Form.MOMENT, destination.isCalendar());
            case TIME -> known(Form.TIME, destination.isTime() || destination.isText());
            case SET -> known(Form.SET, destination.type().equals("_text") || destination.isText());
            case JSON -> known(Form.JSON, destination.isJson() || destination.isText());
            case UUID -> known(Form.TEXT, isUuid(destination) || destination.isText());
            case GEOMETRY -> known(Form.GEOMETRY, isGeometry(destination) || destination.isBytes());
            case VECTOR -> known(Form.VECTOR, isVector(destination));
            case INET4, INET6 -> known(Form.ADDRESS, destination.type().equals("inet") || destination.isText());
        };
    }

    private static Form known(Form form, boolean known) {
        return known ? form : Form.UNKNOWN;
    }

    private static boolean isUuid(DestinationColumn destination) {
        return destination.type().equals("uuid");
    }

    private static boolean isGeometry(DestinationColumn destination) {
        return destination.type().equals("geometry");
    }

    private static boolean isVector(DestinationColumn destination) {
        return switch (destination.type()) {
            case "_float4", "_float8", "vector" -> true;
            default -> false;
        };
    }

    private Side sourceSide() {
        return switch (form) {
            case NUMBER -> source(sourceColumn, ValueReader.ofText(NumberForm::exact));
            case BOOLEAN -> source(number(), ValueReader.ofText(NumberForm::truth));
            case BITS -> source(number(), ValueReader.ofText(NumberForm::exact));
            // As text a FLOAT has 6 digits, and a type with (M,D) those that were declared; a product has all.
            case FLOAT -> source(sourceColumn + " * 1e0", ValueReader.ofText(NumberForm::ofFloat));
            case DOUBLE -> source(sourceColumn + " * 1e0", ValueReader.ofText(NumberForm::ofDouble));
            case TEXT -> source(sourceColumn, ValueReader.ofText(this::storedText));
            case BYTES -> source(sourceColumn, TEXT_OF_BYTES);
            case DATE, MOMENT -> source("CAST(" + sourceColumn + " AS CHAR)", ValueReader.ofText(this::calendarText));
            case TIME -> source("CAST(" + sourceColumn + " AS CHAR)", ValueReader.ofText(CalendarForm::time));
            case SET -> source(sourceColumn, ValueReader.ofText(this::setText));
            case JSON -> source(sourceColumn, ValueReader.ofText(this::jsonText));
            case GEOMETRY -> source("HEX(" + sourceColumn + ")", ValueReader.ofText(ObjectForms::geometryOfSource));
            case VECTOR -> source("HEX(" + sourceColumn + ")", ValueReader.ofText(ObjectForms::vectorOfSource));
            case ADDRESS -> source("CAST(" + sourceColumn + " AS CHAR)", ValueReader.ofText(ObjectForms::address));
            case UNKNOWN -> source("CAST(" + sourceColumn + " AS CHAR)", ValueReader.ofText(this::storedText));
        };
    }

    private static final ValueReader TEXT_OF_BYTES = (row, index) -> {
        byte[] bytes = row.getBytes(index);
        return bytes == null ? null : TextForms.ofBytes(bytes);
    };

    private Side source(String expression, ValueReader reader) {
        return new Side(sourceColumn, expression, reader);
    }

    private String number() {
        return source.type().kind() == TypeKind.BIT ? "CAST(" + sourceColumn + " AS UNSIGNED)" : sourceColumn;
    }

    private String storedText(String text) {
        if (text.indexOf('\0') < 0) {
            return text;
        }
        tally.nulValue();
        return TextForms.stored(text, tally.policy().nul());
    }

    private String jsonText(String text) {
        if (text.contains("\\u0000")) {
            tally.nulValue();
        }
        return JsonForm.of(text, tally.policy().nul());
    }

    private String setText(String text) {
        return TextForms.set(text, source.type().labels());
    }

    private String calendarText(String text) {
        if (CalendarForm.isInCalendar(text)) {
            return CalendarForm.moment(text);
        }
        tally.zeroDate();
        boolean infinite = tally.policy().zeroDates() == ZeroDatePolicy.INFINITY || !source.nullable();
        return infinite ? CalendarForm.NO_DATE : null;
    }

    private Side destinationSide() {
        String text = destinationColumn + "::text";
        return switch (form) {
            case NUMBER -> destination(text, ValueReader.ofText(NumberForm::exact));
            case BOOLEAN -> destination(text, ValueReader.ofText(NumberForm::ofBoolean));
            case BITS -> destinationBits(text);
            case FLOAT -> destination(text, ValueReader.ofText(NumberForm::ofFloat));
            case DOUBLE -> destination(text, ValueReader.ofText(NumberForm::ofDouble));
            case TEXT -> destinationText(text);
            case BYTES -> destinationBytes(text);
            case DATE -> destination(text, ValueReader.ofText(CalendarForm::date));
            case MOMENT -> destination(text, ValueReader.ofText(CalendarForm::moment));
            case TIME ->
                destination.isTime()
                        ? destination(
                                "extract(epoch FROM " + destinationColumn + ")",
                                ValueReader.ofText(CalendarForm::timeOfSeconds))
                        : destination(text, ValueReader.ofText(CalendarForm::time));
            case SET -> destinationSet(text);
            case JSON -> destination(text, ValueReader.ofText(JsonForm::of));
            case GEOMETRY ->
                destination(isGeometry(destination) ? text : hex(), ValueReader.ofText(ObjectForms::geometryOfEwkb));
            case VECTOR -> destination(text, ValueReader.ofText(ObjectForms::vector));
            case ADDRESS ->
                destination(
                        destination.isText() ? text : "host(" + destinationColumn + ")",
                        ValueReader.ofText(ObjectForms::address));
            case UNKNOWN -> destination(text, ValueReader.ofText(plain -> plain));
        };
    }

    private String hex() {
        return "encode(" + destinationColumn + ", 'hex')";
    }

    private Side destination(String expression, ValueReader reader) {
        return new Side(destinationColumn, expression, reader);
    }

    private Side destinationBits(String text) {
        if (destination.isBytes()) {
            return destination(destinationColumn, (row, index) -> {
                byte[] bytes = row.getBytes(index);
                return bytes == null ? null : NumberForm.ofBits(bytes);
            });
        }
        boolean binaryDigits = destination.isBits() || destination.isText();
        return destination(text, ValueReader.ofText(binaryDigits ? NumberForm::ofBits : NumberForm::exact));
    }

    private Side destinationText(String text) {
        if (destination.isBytes()) {
            return destination(destinationColumn, (row, index) -> {
                byte[] bytes = row.getBytes(index);
                return bytes == null ? null : TextForms.ofText(bytes);
            });
        }
        return destination(text, ValueReader.ofText(plain -> plain));
    }

    private Side destinationBytes(String text) {
        if (destination.isBytes() && tally.policy().bytes() == BytesForm.HEX) {
            return destination(destinationColumn, (row, index) -> {
                byte[] digits = row.getBytes(index);
                return digits == null ? null : TextForms.ofHex(digits);
            });
        }
        if (destination.isBytes()) {
            return destination(destinationColumn, TEXT_OF_BYTES);
        }
        if (isUuid(destination)) {
            return destination(text, ValueReader.ofText(uuid -> uuid.replace("-", "")));
        }
        return destination(text, ValueReader.ofText(hex -> hex.startsWith("\\x") ? hex.substring(2) : hex));
    }

    private Side destinationSet(String text) {
        List<String> labels = source.type().labels();
        String expression = destination.isText() ? text : "array_to_string(" + destinationColumn + ", ',', 'NULL')";
        return destination(expression, ValueReader.ofText(members -> TextForms.set(members, labels)));
    }

    private Lookup lookup() {
        ColumnType type = source.type();
        return switch (form) {
            case NUMBER -> destination.isNumber() ? Lookup.NUMBER : Lookup.NONE;
            case TEXT -> type.kind().isText() && destination.isText() && isBase() ? Lookup.TEXT : Lookup.NONE;
            case BYTES -> destination.isBytes() && tally.policy().bytes() == BytesForm.RAW ? Lookup.BYTES : Lookup.NONE;
            default -> Lookup.NONE;
        };
    }

    private boolean isBase() {
        return destination.typeClass() == DestinationColumn.TypeClass.BASE;
    }
}
