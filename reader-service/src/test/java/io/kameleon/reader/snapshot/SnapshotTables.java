package io.kameleon.reader.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.reader.server.SourceAddress;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.table.TypeKind;
import io.kameleon.schemas.wire.AvroInput;
import io.kameleon.schemas.wire.AvroOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A schema for one test class, and tables in it whose last column {@code n} numbers the rows from 1. */
final class SnapshotTables implements AutoCloseable {
    private final String schema;
    private final SourceServer server;

    SnapshotTables(String schema, SourceAddress address) {
        this.schema = schema;
        this.server = SourceServer.connect(address);
        server.execute("DROP DATABASE IF EXISTS " + schema);
        server.execute("CREATE DATABASE " + schema);
    }

    SourceServer server() {
        return server;
    }

    String name(String table) {
        return schema + "." + table;
    }

    /** Creates a table of the columns, the number {@code n}, and the clauses. */
    void create(String table, String columns, String clauses, String options) {
        server.execute("CREATE TABLE " + name(table) + " (" + columns + ", n INT NOT NULL" + clauses + ") " + options);
    }

    /** Inserts one row per key literal list, numbered from {@code first}; keys that a collation takes as equal once. */
    void insert(String table, List<String> keys, int first) {
        for (int from = 0; from < keys.size(); from += 100) {
            var rows = new StringBuilder();
            for (int i = from; i < Math.min(from + 100, keys.size()); i++) {
                rows.append(i == from ? "" : ", ")
                        .append("(")
                        .append(keys.get(i))
                        .append(", ")
                        .append(first + i)
                        .append(")");
            }
            server.execute("INSERT IGNORE INTO " + name(table) + " VALUES " + rows);
        }
        server.execute("ANALYZE TABLE " + name(table));
    }

    /** The numbers of all rows, in no order. */
    List<Integer> numbers(String table) {
        return server.list("SELECT n FROM " + name(table), row -> row.getInt(1));
    }

    TableDefinition definition(String table, List<String> primaryKey, ColumnDefinition... columns) {
        var all = new ArrayList<>(List.of(columns));
        all.add(column("n", TypeKind.INT, false, ""));
        return new TableDefinition(
                new TableId(schema, table), all, primaryKey, List.of(), List.of(), "utf8mb4", "", "");
    }

    static ColumnDefinition column(String name, TypeKind kind, boolean unsigned, String charset) {
        return ColumnDefinition.of(
                name, new ColumnType(kind, -1, -1, unsigned, charset, "", List.of(), kind.name()), false);
    }

    @Override
    public void close() {
        server.execute("DROP DATABASE " + schema);
        server.close();
    }

    /** Encodes a row as its number only. */
    static final class NumberEncoder implements RowEncoder {
        @Override
        public String selectExpression(ColumnDefinition column) {
            return "`" + column.name() + "`";
        }

        @Override
        public void begin(int[] types) {
            assertThat(types[types.length - 1]).isEqualTo(ResultTypes.LONG);
        }

        @Override
        public void encode(byte[] packet, int from, int to, AvroOutput output) {
            output.writeInt(number(packet, to));
        }

        /** The last column's value stands at the end of the row. */
        static int number(byte[] packet, int to) {
            return ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN).getInt(to - Integer.BYTES);
        }
    }

    /** Collects the numbers of the rows. */
    static final class Numbers implements RangeSink {
        final List<Integer> numbers = new ArrayList<>();

        @Override
        public void row(byte[] buffer, int from, int to) {
            numbers.add(new AvroInput().wrap(buffer, from, to).readInt());
        }
    }
}
