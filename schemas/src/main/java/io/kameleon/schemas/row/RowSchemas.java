package io.kameleon.schemas.row;

import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.TableDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * The Avro schemas of one table version in a topic, in the shape of Debezium's envelope.
 *
 * <p>Field order is part of the contract, because row images are written without a generic record:
 * envelope = {@code before}, {@code after}, {@code source}, {@code transaction}, {@code op}, {@code ts_ms}. Nullable
 * fields are unions with null first. Row fields stand in the order of the table's columns.
 *
 * @param key      record of {@link TableDefinition#identity()}; null for a table without one
 * @param envelope what a row image's value is
 * @param row      the record of {@code before} and {@code after}
 */
public record RowSchemas(Schema key, Schema envelope, Schema row) {
    /** Property of a row field: the column's name on the source, whatever Avro made of it (F49). */
    public static final String COLUMN_PROPERTY = "kameleon.column";
    /** Property of a row field: the {@link ColumnShape}. */
    public static final String SHAPE_PROPERTY = "kameleon.shape";
    /** Property of the row record: true when the column is NOT NULL on the source. */
    public static final String NOT_NULL_PROPERTY = "kameleon.not_null";
    /** Properties of the envelope: the table's schema and name on the source. */
    public static final String SCHEMA_PROPERTY = "kameleon.schema";

    public static final String TABLE_PROPERTY = "kameleon.table";

    private static final Schema NULL = Schema.create(Schema.Type.NULL);
    private static final Schema LONG = Schema.create(Schema.Type.LONG);
    private static final Schema INT = Schema.create(Schema.Type.INT);
    private static final Schema STRING = Schema.create(Schema.Type.STRING);

    /** The source block: the same for every table, written once per transaction but for its last two fields. */
    public static final Schema SOURCE = sourceSchema();
    /** A geometry: the same record for every column, so that a schema with several of them names it more than once. */
    public static final Schema GEOMETRY = geometrySchema();
    /** The transaction block: Debezium's {@code event.block}. */
    public static final Schema TRANSACTION = transactionSchema();

    public static RowSchemas of(String topic, TableDefinition table) {
        String namespace =
                AvroNames.namespace(topic, table.id().schema(), table.id().name());
        List<String> names = AvroNames.fields(table.columns());
        Schema row = rowSchema(namespace, "Value", table.columns(), names);
        Schema envelope = Schema.createRecord("Envelope", null, namespace, false);
        envelope.addProp("connect.name", namespace + ".Envelope");
        envelope.addProp(SCHEMA_PROPERTY, table.id().schema());
        envelope.addProp(TABLE_PROPERTY, table.id().name());
        envelope.setFields(List.of(
                optional("before", row),
                optional("after", row),
                new Schema.Field("source", SOURCE),
                optional("transaction", TRANSACTION),
                new Schema.Field("op", STRING),
                optional("ts_ms", LONG)));
        return new RowSchemas(keySchema(namespace, table, names), envelope, row);
    }

    private static Schema keySchema(String namespace, TableDefinition table, List<String> names) {
        List<String> identity = table.identity();
        if (identity.isEmpty()) {
            return null;
        }
        var columns = new ArrayList<ColumnDefinition>();
        var keyNames = new ArrayList<String>();
        for (String name : identity) {
            int index = indexOf(table, name);
            columns.add(table.columns().get(index));
            keyNames.add(names.get(index));
        }
        return rowSchema(namespace, "Key", columns, keyNames);
    }

    private static int indexOf(TableDefinition table, String column) {
        for (int i = 0; i < table.columns().size(); i++) {
            if (table.columns().get(i).name().equalsIgnoreCase(column)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no column " + column + " in " + table.id());
    }

    private static Schema rowSchema(String namespace, String name, List<ColumnDefinition> columns, List<String> names) {
        Schema schema = Schema.createRecord(name, null, namespace, false);
        schema.addProp("connect.name", namespace + "." + name);
        var fields = new ArrayList<Schema.Field>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            fields.add(field(names.get(i), columns.get(i)));
        }
        schema.setFields(fields);
        return schema;
    }

    private static Schema.Field field(String name, ColumnDefinition column) {
        ColumnShape shape = ColumnShape.of(column);
        Schema type = typeSchema(shape, column);
        boolean nullable = column.nullable() || shape.alwaysNullable();
        Schema.Field field = nullable ? optional(name, type) : new Schema.Field(name, type);
        field.addProp(COLUMN_PROPERTY, column.name());
        field.addProp(SHAPE_PROPERTY, shape.name());
        if (!column.nullable()) {
            field.addProp(NOT_NULL_PROPERTY, true);
        }
        return field;
    }

    private static Schema.Field optional(String name, Schema type) {
        return new Schema.Field(name, Schema.createUnion(NULL, type), null, JsonProperties.NULL_VALUE);
    }

    private static Schema typeSchema(ColumnShape shape, ColumnDefinition column) {
        if (shape == ColumnShape.GEOMETRY) {
            return GEOMETRY;
        }
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("__debezium.source.column.type", column.type().declared().toUpperCase(java.util.Locale.ROOT));
        parameters.put("__debezium.source.column.name", column.name());
        Schema schema = physicalSchema(shape, column, parameters);
        if (!shape.semanticName().isEmpty()) {
            schema.addProp("connect.name", shape.semanticName());
            schema.addProp("connect.version", 1);
        }
        schema.addProp("connect.parameters", parameters);
        return schema;
    }

    private static Schema physicalSchema(ColumnShape shape, ColumnDefinition column, Map<String, String> parameters) {
        switch (shape) {
            case INT16 -> {
                Schema schema = Schema.create(Schema.Type.INT);
                schema.addProp("connect.type", "int16");
                return schema;
            }
            case INT32, DATE, YEAR -> {
                return Schema.create(Schema.Type.INT);
            }
            case INT64, TIME_MICROS, DATETIME_MILLIS, DATETIME_MICROS -> {
                return Schema.create(Schema.Type.LONG);
            }
            case DECIMAL -> {
                int scale = ColumnShape.decimalScale(column.type());
                int precision = ColumnShape.decimalPrecision(column.type());
                parameters.put("scale", Integer.toString(scale));
                parameters.put("connect.decimal.precision", Integer.toString(precision));
                return LogicalTypes.decimal(precision, scale).addToSchema(Schema.create(Schema.Type.BYTES));
            }
            case FLOAT32 -> {
                return Schema.create(Schema.Type.FLOAT);
            }
            case FLOAT64 -> {
                return Schema.create(Schema.Type.DOUBLE);
            }
            case BOOLEAN -> {
                return Schema.create(Schema.Type.BOOLEAN);
            }
            case BITS -> {
                parameters.put("length", Integer.toString(column.type().length()));
                return Schema.create(Schema.Type.BYTES);
            }
            case BYTES -> {
                return Schema.create(Schema.Type.BYTES);
            }
            case ENUM, SET -> {
                parameters.put("allowed", String.join(",", column.type().labels()));
                return Schema.create(Schema.Type.STRING);
            }
            case VECTOR -> {
                return Schema.createArray(Schema.create(Schema.Type.FLOAT));
            }
            case STRING, TIMESTAMP, JSON, UUID, INET -> {
                return Schema.create(Schema.Type.STRING);
            }
            case GEOMETRY -> {
                return GEOMETRY;
            }
        }
        throw new IllegalStateException("no Avro type for " + shape);
    }

    private static Schema sourceSchema() {
        Schema schema = Schema.createRecord("Source", null, "io.debezium.connector.mysql", false);
        schema.addProp("connect.name", "io.debezium.connector.mysql.Source");
        schema.setFields(List.of(
                new Schema.Field("version", STRING),
                new Schema.Field("connector", STRING),
                new Schema.Field("name", STRING),
                new Schema.Field("server_id", LONG),
                new Schema.Field("ts_ms", LONG),
                optional("gtid", STRING),
                new Schema.Field("file", STRING),
                optional("snapshot", STRING),
                new Schema.Field("db", STRING),
                optional("table", STRING),
                new Schema.Field("pos", LONG),
                new Schema.Field("row", INT)));
        return schema;
    }

    private static Schema geometrySchema() {
        Schema schema = Schema.createRecord("Geometry", null, "io.debezium.data.geometry", false);
        schema.addProp("connect.name", ColumnShape.GEOMETRY.semanticName());
        schema.addProp("connect.version", 1);
        schema.setFields(List.of(new Schema.Field("wkb", Schema.create(Schema.Type.BYTES)), optional("srid", INT)));
        return schema;
    }

    private static Schema transactionSchema() {
        Schema schema = Schema.createRecord("block", null, "event", false);
        schema.addProp("connect.name", "event.block");
        schema.setFields(List.of(
                new Schema.Field("id", STRING),
                new Schema.Field("total_order", LONG),
                new Schema.Field("data_collection_order", LONG)));
        return schema;
    }

    /** What the full names of all row schemas of the topic begin with, before a dot. */
    public static String namespace(String topic) {
        return AvroNames.namespace(topic);
    }

    /** Names that Avro accepts, from names that MySQL accepts. */
    static final class AvroNames {
        private AvroNames() {}

        /** Dots separate in a topic's name; in a schema's or table's they are letters like any other. */
        static String namespace(String topic, String... names) {
            var pieces = new ArrayList<String>();
            for (String piece : topic.split("\\.", -1)) {
                pieces.add(legal(piece));
            }
            for (String name : names) {
                pieces.add(legal(name));
            }
            return String.join(".", pieces);
        }

        /** One distinct name per column, in order: a column whose legal name is taken gets a number behind it. */
        static List<String> fields(List<ColumnDefinition> columns) {
            Set<String> taken = new HashSet<>();
            var names = new ArrayList<String>(columns.size());
            for (ColumnDefinition column : columns) {
                String base = legal(column.name());
                String name = base;
                for (int n = 2; !taken.add(name); n++) {
                    name = base + "_" + n;
                }
                names.add(name);
            }
            return names;
        }

        private static String legal(String name) {
            var out = new StringBuilder(name.length());
            for (int i = 0; i < name.length(); i++) {
                char c = name.charAt(i);
                boolean letter = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_';
                if (letter || i > 0 && c >= '0' && c <= '9') {
                    out.append(c);
                } else {
                    out.append(String.format("_u%04x", (int) c));
                }
            }
            return out.isEmpty() ? "_" : out.toString();
        }
    }
}
