package io.kameleon.reader.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.reader.server.BinaryQuery;
import io.kameleon.reader.server.RowPackets;
import io.kameleon.reader.snapshot.SnapshotRowEncoder;
import io.kameleon.schemas.row.RowSchemas;
import io.kameleon.schemas.row.ZeroDateForm;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.wire.AvroOutput;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Fills a table per case on a real server and holds copy, stream and expected values against each other. */
final class ValueFixture implements AutoCloseable {
    private static final String SCHEMA = "kameleon_value_it";

    private final URI server;
    private final Connection connection;

    /** @param jdbcUrl of a user who may create databases and read the binlog */
    ValueFixture(String jdbcUrl) throws SQLException {
        server = URI.create(jdbcUrl.substring("jdbc:".length()));
        connection = DriverManager.getConnection(jdbcUrl);
        run("SET NAMES utf8mb4");
        run("SET time_zone = '+00:00', sql_mode = 'ALLOW_INVALID_DATES'");
        run("DROP DATABASE IF EXISTS " + SCHEMA);
        run("CREATE DATABASE " + SCHEMA + " CHARACTER SET utf8mb4");
        run("USE " + SCHEMA);
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    void checkCopyEqualsStreamEqualsExpected(List<ValueCase> cases) throws SQLException, IOException {
        String[] start = position();
        var tables = new ArrayList<TableDefinition>();
        for (int i = 0; i < cases.size(); i++) {
            TableDefinition table = cases.get(i).table(SCHEMA, "t" + i);
            run("CREATE TABLE t" + i + " (id INT NOT NULL PRIMARY KEY, v "
                    + cases.get(i).sqlType() + ")");
            fill(table, cases.get(i));
            tables.add(table);
        }
        Map<TableId, List<byte[]>> streamed = stream(tables, start);
        for (int i = 0; i < cases.size(); i++) {
            check(cases.get(i), tables.get(i), streamed.get(tables.get(i).id()));
        }
        for (int i = 0; i < cases.size(); i++) {
            run("DROP TABLE t" + i);
        }
    }

    private void fill(TableDefinition table, ValueCase valueCase) throws SQLException {
        for (int row = 0; row < valueCase.samples().size(); row++) {
            run("INSERT INTO " + table.id() + " VALUES (" + row + ", "
                    + valueCase.samples().get(row).literal() + ")");
        }
    }

    private Map<TableId, List<byte[]>> stream(List<TableDefinition> tables, String[] start) throws IOException {
        var images = new HashMap<TableId, List<byte[]>>();
        var tap = new BinlogTap(
                tables,
                table -> image -> images.computeIfAbsent(table, t -> new ArrayList<>())
                        .add(image.after().toByteArray()));
        tap.read(server, start[0], Long.parseLong(start[1]));
        return images;
    }

    private void check(ValueCase valueCase, TableDefinition table, List<byte[]> streamed) throws SQLException {
        List<byte[]> copied = copy(table);
        assertThat(streamed).as(valueCase.sqlType()).hasSameSizeAs(copied);
        var schema = RowSchemas.of("kameleon.test", table).row();
        for (int row = 0; row < copied.size(); row++) {
            ValueCase.Sample sample = valueCase.samples().get(row);
            String what = valueCase.sqlType() + " "
                    + sample.literal().lines().findFirst().orElse("");
            what = what.substring(0, Math.min(what.length(), 120));
            Object fromStream = AvroRows.value(AvroRows.read(schema, streamed.get(row)), 1);
            Object fromCopy = AvroRows.value(AvroRows.read(schema, copied.get(row)), 1);
            if (sample.expected() != ValueCase.AS_COPIED) {
                assertThat(fromStream).as("streamed %s", what).isEqualTo(sample.expected());
            }
            assertThat(fromCopy).as("copied = streamed %s", what).isEqualTo(fromStream);
            assertThat(copied.get(row)).as("bytes of %s", what).isEqualTo(streamed.get(row));
        }
    }

    private List<byte[]> copy(TableDefinition table) throws SQLException {
        var encoder = SnapshotRowEncoder.of(table, ZeroDateForm.NULL);
        var out = new AvroOutput(64);
        var rows = new ArrayList<byte[]>();
        new BinaryQuery(connection)
                .run("SELECT " + encoder.selectList() + " FROM " + table.id() + " ORDER BY id", new RowPackets() {
                    @Override
                    public void columns(int[] types) {
                        encoder.begin(types);
                    }

                    @Override
                    public void row(byte[] packet, int from, int to) {
                        out.reset();
                        encoder.encode(packet, from, to, out);
                        rows.add(out.toByteArray());
                    }
                });
        return rows;
    }

    /** File and position of the end of the binlog; MySQL renamed the statement in 8.2. */
    String[] position() throws SQLException {
        boolean mariaDb = connection.getMetaData().getDatabaseProductName().contains("MariaDB");
        return position(mariaDb ? "SHOW MASTER STATUS" : "SHOW BINARY LOG STATUS");
    }

    private String[] position(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).as("the binlog is on").isTrue();
            return new String[] {row.getString(1), row.getString(2)};
        }
    }

    /** The whole binlog's rows of one table, from {@code start}, as {@code kind before>after} with decoded second columns. */
    List<String> images(TableDefinition table, String[] start) throws IOException {
        var schema = RowSchemas.of("kameleon.test", table).row();
        var seen = new ArrayList<String>();
        var tap = new BinlogTap(List.of(table), id -> image -> {
            var sides = new ArrayList<String>();
            for (AvroOutput side : List.of(image.before(), image.after())) {
                sides.add(
                        side.size() == 0
                                ? "-"
                                : schema.getFields().stream()
                                        .map(f -> String.valueOf(
                                                AvroRows.value(AvroRows.read(schema, side.toByteArray()), f.pos())))
                                        .collect(Collectors.joining(",")));
            }
            seen.add(image.kind() + " " + String.join(">", sides) + (image.keyChanged() ? " key changed" : ""));
        });
        tap.read(server, start[0], Long.parseLong(start[1]));
        return seen;
    }

    String schema() {
        return SCHEMA;
    }

    @Override
    public void close() throws SQLException {
        run("DROP DATABASE IF EXISTS " + SCHEMA);
        connection.close();
    }
}
