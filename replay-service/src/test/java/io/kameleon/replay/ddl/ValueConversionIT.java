package io.kameleon.replay.ddl;

import static io.kameleon.replay.ddl.SampleTable.decimal;
import static io.kameleon.replay.ddl.SampleTable.labels;
import static io.kameleon.replay.ddl.SampleTable.named;
import static io.kameleon.replay.ddl.SampleTable.sized;
import static io.kameleon.replay.ddl.SampleTable.text;
import static io.kameleon.replay.ddl.SampleTable.type;
import static io.kameleon.replay.ddl.SampleTable.unsigned;
import static io.kameleon.replay.ddl.SampleTable.varchar;
import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.replay.type.TypeMapping;
import io.kameleon.schemas.change.TableChange.Altered;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TypeKind;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Old values after a change of type are those that MySQL 9.7 showed for the same change, outside strict mode (F30). */
class ValueConversionIT {
    private static PostgresFixture postgres;
    private final DdlWriter ddl = new DdlWriter(TypeMapping.lossless(), OptionalInt.empty());
    private final SchemaChangeWriter writer = new SchemaChangeWriter(ddl, Map.of("shop", "live"));

    @BeforeAll
    static void start() throws IOException, SQLException {
        postgres = new PostgresFixture();
    }

    @AfterAll
    static void stop() throws IOException, SQLException {
        postgres.close();
    }

    static Stream<Arguments> conversions() {
        return Stream.of(
                Arguments.of(sized(TypeKind.DATETIME, 6), "1999-12-31 23:59:59.5", type(TypeKind.DATE), "2000-01-01"),
                Arguments.of(
                        sized(TypeKind.DATETIME, 6),
                        "1999-12-31 23:59:59.5",
                        sized(TypeKind.DATETIME, 0),
                        "2000-01-01 00:00:00"),
                Arguments.of(type(TypeKind.DATE), "2020-01-02", sized(TypeKind.DATETIME, 0), "2020-01-02 00:00:00"),
                Arguments.of(sized(TypeKind.TIME, 3), "-01:02:03.999", sized(TypeKind.TIME, 0), "-01:02:04"),
                Arguments.of(varchar(9), "1.5", type(TypeKind.INT), "2"),
                Arguments.of(varchar(9), " 2.5x", type(TypeKind.INT), "3"),
                Arguments.of(varchar(9), "-300", type(TypeKind.TINYINT), "-128"),
                Arguments.of(varchar(9), "1e3", type(TypeKind.INT), "1000"),
                Arguments.of(varchar(9), "-0.5", type(TypeKind.INT), "-1"),
                Arguments.of(varchar(9), "abc", type(TypeKind.INT), "0"),
                Arguments.of(varchar(9), "1.25", decimal(5, 1), "1.3"),
                Arguments.of(varchar(9), "99999999", decimal(5, 1), "9999.9"),
                Arguments.of(varchar(9), "1.25z", type(TypeKind.DOUBLE), "1.25"),
                Arguments.of(varchar(9), "1e-999", type(TypeKind.DOUBLE), "0"),
                Arguments.of(varchar(9), "1e999", type(TypeKind.FLOAT), "3.4028235e+38"),
                Arguments.of(type(TypeKind.DOUBLE), "2.5", type(TypeKind.INT), "2"),
                Arguments.of(type(TypeKind.DOUBLE), "3.5", type(TypeKind.INT), "4"),
                Arguments.of(type(TypeKind.DOUBLE), "1e300", type(TypeKind.INT), "2147483647"),
                Arguments.of(type(TypeKind.DOUBLE), "1.005", decimal(6, 2), "1.01"),
                Arguments.of(type(TypeKind.DOUBLE), "123456.789", decimal(6, 2), "9999.99"),
                Arguments.of(type(TypeKind.DOUBLE), "1e-50", type(TypeKind.FLOAT), "0"),
                Arguments.of(type(TypeKind.FLOAT), "1.1", type(TypeKind.DOUBLE), "1.100000023841858"),
                Arguments.of(type(TypeKind.FLOAT), "1.1", decimal(20, 10), "1.1000000238"),
                Arguments.of(decimal(5, 2), "2.50", type(TypeKind.INT), "3"),
                Arguments.of(decimal(5, 2), "-2.50", unsigned(TypeKind.INT), "0"),
                Arguments.of(decimal(5, 2), "1.50", varchar(9), "1.50"),
                Arguments.of(type(TypeKind.INT), "300", type(TypeKind.TINYINT), "127"),
                Arguments.of(type(TypeKind.INT), "1234567", varchar(3), "123"),
                Arguments.of(type(TypeKind.INT), "-1", unsigned(TypeKind.INT), "0"),
                Arguments.of(type(TypeKind.INT), "300", sized(TypeKind.BIT, 5), "11111"),
                Arguments.of(unsigned(TypeKind.INT), "4000000000", type(TypeKind.INT), "2147483647"),
                Arguments.of(
                        unsigned(TypeKind.BIGINT),
                        "18446744073709551615",
                        type(TypeKind.BIGINT),
                        "9223372036854775807"),
                Arguments.of(type(TypeKind.SMALLINT), "300", type(TypeKind.TINYINT), "127"),
                Arguments.of(type(TypeKind.YEAR), "0", varchar(9), "0000"),
                Arguments.of(type(TypeKind.YEAR), "2020", type(TypeKind.INT), "2020"),
                Arguments.of(sized(TypeKind.BIT, 8), "11000001", sized(TypeKind.BIT, 5), "11111"),
                Arguments.of(sized(TypeKind.BIT, 8), "00000101", sized(TypeKind.BIT, 5), "00101"),
                Arguments.of(sized(TypeKind.BIT, 3), "101", sized(TypeKind.BIT, 6), "000101"),
                Arguments.of(sized(TypeKind.BIT, 3), "101", type(TypeKind.INT), "5"),
                Arguments.of(sized(TypeKind.BIT, 3), "101", varchar(5), "5"),
                Arguments.of(
                        sized(TypeKind.BIT, 64), "1".repeat(64), unsigned(TypeKind.BIGINT), "18446744073709551615"),
                Arguments.of(varchar(5), "B", labels(TypeKind.ENUM, "a", "b"), "b"),
                Arguments.of(labels(TypeKind.ENUM, "a", "b"), "b", varchar(3), "b"),
                Arguments.of(labels(TypeKind.ENUM, "a", "b"), "b", labels(TypeKind.ENUM, "B", "c"), "B"),
                Arguments.of(labels(TypeKind.SET, "x", "y"), "{x,y}", varchar(10), "x,y"),
                Arguments.of(sized(TypeKind.VARBINARY, 4), "ab", sized(TypeKind.BINARY, 4), "\\x61620000"),
                Arguments.of(sized(TypeKind.BINARY, 4), "ab12", sized(TypeKind.BINARY, 2), "\\x6162"),
                Arguments.of(text(TypeKind.CHAR, 5), "ab", sized(TypeKind.BINARY, 5), "\\x6162000000"),
                Arguments.of(varchar(5), "é", sized(TypeKind.VARBINARY, 9), "\\xc3a9"),
                Arguments.of(varchar(9), "ab  ", text(TypeKind.CHAR, 9), "ab"),
                Arguments.of(text(TypeKind.TINYTEXT, ColumnType.NONE), "abcdef", varchar(3), "abc"));
    }

    @ParameterizedTest
    @MethodSource("conversions")
    void oldValuesAreConvertedAsTheSourceDoes(ColumnType from, String value, ColumnType to, String expected)
            throws SQLException {
        postgres.newSchema("live");
        SampleTable before = named("t").nullable("c", from);
        SampleTable after = named("t").nullable("c", to);
        postgres.run(ddl.create(before.build(), "live").all());
        postgres.run("INSERT INTO live.t VALUES (" + SqlText.literal(value) + "), (NULL)");
        var change = new Altered(before.build(), after.build(), List.of("c"), "");
        postgres.runInTransaction(
                writer.write(change, StatementTime.ofHeader(0)).statements());
        assertThat(postgres.rows("SELECT c FROM live.t ORDER BY 1")).containsExactly(expected, "~");
    }

    @ParameterizedTest
    @MethodSource("conversions")
    void aChangeOfTypeTakesNotNullColumnsToo(ColumnType from, String value, ColumnType to, String expected)
            throws SQLException {
        postgres.newSchema("live");
        SampleTable before = named("t").notNull("c", from).unique("u", "c");
        SampleTable after = named("t").notNull("c", to).unique("u", "c");
        postgres.run(ddl.create(before.build(), "live").all());
        postgres.run("INSERT INTO live.t VALUES (" + SqlText.literal(value) + ")");
        var change = new Altered(before.build(), after.build(), List.of("c"), "");
        ChangeStatements statements = writer.write(change, StatementTime.ofHeader(0));
        postgres.runInTransaction(statements.statements());
        assertThat(postgres.rows("SELECT c FROM live.t"))
                .isEqualTo(statements.needsResync() ? List.of() : List.of(expected));
    }
}
