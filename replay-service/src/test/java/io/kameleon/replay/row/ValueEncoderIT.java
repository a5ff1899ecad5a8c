package io.kameleon.replay.row;

import static io.kameleon.replay.row.TestTable.column;
import static io.kameleon.replay.row.ValueCases.day;
import static io.kameleon.replay.row.ValueCases.decimal;
import static io.kameleon.replay.row.ValueCases.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.replay.apply.ApplyMode;
import io.kameleon.replay.apply.BatchWriter;
import io.kameleon.replay.apply.Care;
import io.kameleon.replay.apply.CopyLoader;
import io.kameleon.replay.apply.TableTarget;
import io.kameleon.replay.row.ValueCases.Case;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.row.ZeroDateForm;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TypeKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each shape into each type that takes it, with the boundary values of each, through the initial copy and through both ways of
 * the stream: PostgreSQL has to print the same text every time (F52 to F63).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ValueEncoderIT {
    private static final ColumnDefinition ID = column("id", TypeKind.INT, ColumnType.NONE, false);
    private final ConversionCounts counts = new ConversionCounts();
    private Connection connection;

    @BeforeAll
    void connect() throws SQLException {
        connection = TestPostgres.connectToEmptySchema();
        TestPostgres.execute(
                connection,
                "CREATE TYPE replica.colour AS ENUM ('', 'red', 'blue, dark', '\u00fc''\"')",
                "CREATE DOMAIN replica.score AS integer CHECK (value > -1000000)",
                "CREATE EXTENSION IF NOT EXISTS citext SCHEMA public");
        connection.commit();
    }

    @AfterAll
    void disconnect() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @MethodSource("io.kameleon.replay.row.ValueCases#cases")
    void valuesArriveTheSameByCopyAndByStream(Case c) throws SQLException {
        assertThat(byCopy(c)).isEqualTo(c.expected());
        assertThat(byStream(c, 0)).isEqualTo(c.expected());
        assertThat(byStream(c, 60)).startsWith(c.expected().toArray(String[]::new));
    }

    @Test
    void refusedValuesNameTheColumnAndNotTheValue() {
        assertRefused(column("v", TypeKind.INT, 0, true), "smallint", 40_000, ErrorCode.VALUE_OUT_OF_RANGE);
        assertRefused(
                TestTable.unsigned("v", TypeKind.BIGINT),
                "bigint",
                decimal("9223372036854775808"),
                ErrorCode.VALUE_OUT_OF_RANGE);
        assertRefused(column("v", TypeKind.TIME, 0, true), "time", hours(24, 0, 1), ErrorCode.VALUE_OUT_OF_RANGE);
        assertRefused(column("v", TypeKind.TIME, 0, true), "time", -1L, ErrorCode.VALUE_OUT_OF_RANGE);
        assertRefused(column("v", TypeKind.BIT, 9, true), "bit(8)", new byte[] {0, 1}, ErrorCode.VALUE_OUT_OF_RANGE);
        assertRefused(column("v", TypeKind.DOUBLE, 0, true), "real", 1e300, ErrorCode.VALUE_OUT_OF_RANGE);
        assertRefused(column("v", TypeKind.TIMESTAMP, 0, true), "timestamptz", "40000 BC", ErrorCode.VALUE_MALFORMED);
        for (String address :
                List.of("1.2.3", "1.2.3.256", ":", ":::", "1:2", "1::2::3", "::1:2:3:4:5:6:7:8", "::g", "")) {
            assertRefused(column("v", TypeKind.INET6, 0, true), "inet", address, ErrorCode.VALUE_MALFORMED);
        }
        var geometry = new TestTable.Geometry("0700", 0);
        assertRefused(column("v", TypeKind.GEOMETRY, 0, true), "bytea", geometry, ErrorCode.VALUE_MALFORMED);
    }

    private void assertRefused(ColumnDefinition column, String type, Object value, ErrorCode code) {
        assertThatThrownBy(() -> byCopy(Case.of(column, type, value, "")))
                .isInstanceOfSatisfying(
                        ReplicationException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining("column=v")
                .hasMessageNotContaining("40000");
    }

    @Test
    void combinationsWithoutMeaningAreRefusedBeforeTheFirstRow() {
        assertThatThrownBy(() -> byCopy(Case.of(column("v", TypeKind.BLOB, 0, true), "date")))
                .isInstanceOfSatisfying(
                        ReplicationException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TYPE_UNSUPPORTED));
        assertThatThrownBy(() -> byCopy(Case.of(column("v", TypeKind.DATE, 0, true), "point")))
                .isInstanceOfSatisfying(
                        ReplicationException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TYPE_UNSUPPORTED));
    }

    @Test
    void nulPolicyReplacesOrRefuses() throws SQLException {
        ColumnDefinition text = column("v", TypeKind.TEXT, 0, true);
        assertThat(byCopy(Case.of(text, "text", "a\0b", ""), NulPolicy.REPLACE)).containsExactly("a\ufffdb");
        ColumnDefinition json = column("v", TypeKind.JSON, 0, true);
        assertThat(byCopy(Case.of(json, "jsonb", "\"\\u0000\"", ""), NulPolicy.REPLACE))
                .containsExactly("\"\ufffd\"");
        assertThatThrownBy(() -> byCopy(Case.of(text, "text", "a\0b", ""), NulPolicy.ERROR))
                .isInstanceOfSatisfying(
                        ReplicationException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.VALUE_MALFORMED));
    }

    @Test
    void conversionsAreCountedOncePerValue() throws SQLException {
        var unused = counts.take();
        byCopy(Case.of(column("v", TypeKind.TEXT, 0, true), "text", "\0a\0", "", "b", ""));
        assertThat(counts.take()).isEqualTo(new ConversionCounts.Totals(0, 1));
        assertThat(counts.take().isZero()).isTrue();
    }

    /** F53: marked in the record, because null is a value of its own. */
    @Test
    void zeroDatesBecomeWhatThePolicySays() throws SQLException {
        ColumnDefinition nullable = column("v", TypeKind.DATE, 0, true);
        ColumnDefinition notNull = column("v", TypeKind.DATE, 0, false);
        Case marked = Case.of(nullable, "date", ZeroDateForm.DATE, "", null, "", day("2020-01-01"), "");
        assertThat(byCopy(marked, policy(ZeroDatePolicy.INFINITY))).containsExactly("-infinity", "NULL", "2020-01-01");
        assertThat(byCopy(marked, policy(ZeroDatePolicy.NULL))).containsExactly("NULL", "NULL", "2020-01-01");
        assertZeroDateRefused(marked);
        assertZeroDateRefused(Case.of(notNull, "date", null, ""));
        assertThat(byCopy(Case.of(notNull, "date", null, ""), policy(ZeroDatePolicy.INFINITY)))
                .containsExactly("-infinity");
        ColumnDefinition datetime = column("v", TypeKind.DATETIME, 6, true);
        assertThat(byCopy(Case.of(datetime, "timestamp", ZeroDateForm.DATETIME, ""), policy(ZeroDatePolicy.INFINITY)))
                .containsExactly("-infinity");
        assertZeroDateRefused(Case.of(datetime, "timestamp", ZeroDateForm.DATETIME, ""));
        ColumnDefinition timestamp = column("v", TypeKind.TIMESTAMP, 0, true);
        assertThat(byCopy(
                        Case.of(timestamp, "timestamptz", ZeroDateForm.TIMESTAMP, ""), policy(ZeroDatePolicy.INFINITY)))
                .containsExactly("-infinity");
        assertThat(byCopy(Case.of(timestamp, "text", ZeroDateForm.TIMESTAMP, ""), policy(ZeroDatePolicy.INFINITY)))
                .containsExactly("0000-00-00");
        assertZeroDateRefused(Case.of(timestamp, "timestamptz", ZeroDateForm.TIMESTAMP, ""));
    }

    private void assertZeroDateRefused(Case c) {
        assertThatThrownBy(() -> byCopy(c, policy(ZeroDatePolicy.ERROR)))
                .isInstanceOfSatisfying(
                        ReplicationException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.VALUE_MALFORMED))
                .hasMessageContaining("zero_dates is error");
    }

    private static ValuePolicy policy(ZeroDatePolicy zeroDates) {
        return new ValuePolicy(NulPolicy.STRIP, zeroDates, BytesForm.RAW);
    }

    /** F58: pg_chameleon's form, for those who need it. */
    @Test
    void bytesMayBeTheirHexadecimalDigits() throws SQLException {
        var hex = new ValuePolicy(NulPolicy.STRIP, ZeroDatePolicy.NULL, BytesForm.HEX);
        ColumnDefinition blob = column("v", TypeKind.BLOB, 0, true);
        assertThat(byCopy(Case.of(blob, "bytea", new byte[] {0, (byte) 0xAF}, "", new byte[0], ""), hex))
                .containsExactly("\\x30304146", "\\x");
    }

    private List<String> byCopy(Case c) throws SQLException {
        return byCopy(c, ValuePolicy.STANDARD);
    }

    private List<String> byCopy(Case c, NulPolicy nul) throws SQLException {
        return byCopy(c, new ValuePolicy(nul, ZeroDatePolicy.NULL, BytesForm.RAW));
    }

    private List<String> byCopy(Case c, ValuePolicy values) throws SQLException {
        connection.rollback();
        TestTable source = createTable(c);
        var policy = new ConversionPolicy(values, UnaryOperator.identity(), counts);
        var table = DestinationTableLookup.find(connection, "replica", "t");
        try (var loader = CopyLoader.begin(connection, table, source.rowFormat(), policy)) {
            for (int i = 0; i < c.values().size(); i++) {
                byte[] row = source.row(i, c.values().get(i));
                loader.row(row, 0, row.length);
            }
            assertThat(loader.finish()).isEqualTo(c.values().size());
        }
        return readBack();
    }

    /** @param more rows with the first value behind the case's own, so that the other way of inserting is taken */
    private List<String> byStream(Case c, int more) throws SQLException {
        connection.rollback();
        TestTable source = createTable(c);
        var table = DestinationTableLookup.find(connection, "replica", "t");
        var target = TableTarget.of(source.format(), table, ApplyMode.STRICT, ConversionPolicy.standard(counts));
        var writer = new BatchWriter(connection);
        for (int i = 0; i < c.values().size() + more; i++) {
            Object value = c.values().get(i < c.values().size() ? i : 0);
            writer.row(target, source.key(i, value), source.create(i, value), Care.FAST);
        }
        writer.flush();
        for (int i = 0; i < c.values().size(); i++) {
            Object[] row = {i, c.values().get(i)};
            writer.row(target, source.key(row), source.update(row, row), Care.FAST);
        }
        assertThat(writer.flush().tables().get(target).missing()).isZero();
        return readBack();
    }

    private TestTable createTable(Case c) throws SQLException {
        TestPostgres.execute(connection, "CREATE TABLE replica.t (id int PRIMARY KEY, v " + c.type() + ")");
        return TestTable.of("t", List.of("id"), ID, c.column());
    }

    private List<String> readBack() throws SQLException {
        return TestPostgres.query(connection, "SELECT v FROM replica.t ORDER BY id");
    }
}
