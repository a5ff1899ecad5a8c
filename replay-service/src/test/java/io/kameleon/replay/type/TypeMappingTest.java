package io.kameleon.replay.type;

import static io.kameleon.replay.ddl.SampleTable.decimal;
import static io.kameleon.replay.ddl.SampleTable.labels;
import static io.kameleon.replay.ddl.SampleTable.sized;
import static io.kameleon.replay.ddl.SampleTable.text;
import static io.kameleon.replay.ddl.SampleTable.type;
import static io.kameleon.replay.ddl.SampleTable.unsigned;
import static io.kameleon.replay.ddl.SampleTable.varchar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.replay.type.PostgresType.Family;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.table.TypeKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TypeMappingTest {
    private static final TableId ORDERS = new TableId("shop", "orders");

    static List<Arguments> lossless() {
        return List.of(
                Arguments.of(type(TypeKind.TINYINT), "smallint"),
                Arguments.of(unsigned(TypeKind.TINYINT), "smallint"),
                Arguments.of(sized(TypeKind.TINYINT, 1), "smallint"), // F56: no boolean unless asked for
                Arguments.of(type(TypeKind.SMALLINT), "smallint"),
                Arguments.of(unsigned(TypeKind.SMALLINT), "integer"), // F52
                Arguments.of(type(TypeKind.MEDIUMINT), "integer"),
                Arguments.of(unsigned(TypeKind.MEDIUMINT), "integer"),
                Arguments.of(type(TypeKind.INT), "integer"),
                Arguments.of(unsigned(TypeKind.INT), "bigint"),
                Arguments.of(type(TypeKind.BIGINT), "bigint"),
                Arguments.of(unsigned(TypeKind.BIGINT), "numeric(20)"),
                Arguments.of(decimal(65, 30), "numeric(65,30)"), // F63
                Arguments.of(type(TypeKind.DECIMAL), "numeric(10)"),
                Arguments.of(type(TypeKind.FLOAT), "real"),
                Arguments.of(type(TypeKind.DOUBLE), "double precision"),
                Arguments.of(sized(TypeKind.BIT, 1), "bit(1)"), // F55
                Arguments.of(sized(TypeKind.BIT, 64), "bit(64)"),
                Arguments.of(text(TypeKind.CHAR, 0), "varchar(1)"),
                Arguments.of(text(TypeKind.CHAR, 255), "varchar(255)"),
                Arguments.of(varchar(16383), "varchar(16383)"),
                Arguments.of(text(TypeKind.TINYTEXT, ColumnType.NONE), "text"),
                Arguments.of(text(TypeKind.LONGTEXT, ColumnType.NONE), "text"),
                Arguments.of(sized(TypeKind.BINARY, 16), "bytea"), // F58
                Arguments.of(sized(TypeKind.VARBINARY, 16), "bytea"),
                Arguments.of(type(TypeKind.LONGBLOB), "bytea"),
                Arguments.of(type(TypeKind.DATE), "date"),
                Arguments.of(sized(TypeKind.DATETIME, 6), "timestamp(6)"), // F59
                Arguments.of(type(TypeKind.DATETIME), "timestamp(0)"),
                Arguments.of(sized(TypeKind.TIMESTAMP, 3), "timestamptz(3)"),
                Arguments.of(sized(TypeKind.TIME, 2), "interval(2)"), // F54
                Arguments.of(type(TypeKind.YEAR), "smallint"),
                Arguments.of(labels(TypeKind.SET, "a", "b"), "text[]"),
                Arguments.of(type(TypeKind.JSON), "jsonb"),
                Arguments.of(type(TypeKind.GEOMETRY), "bytea"), // F62
                Arguments.of(sized(TypeKind.VECTOR, 3), "real[]"),
                Arguments.of(type(TypeKind.UUID), "uuid"),
                Arguments.of(type(TypeKind.INET4), "inet"),
                Arguments.of(type(TypeKind.INET6), "inet"));
    }

    @ParameterizedTest
    @MethodSource("lossless")
    void everyTypeHasAnEqual(ColumnType type, String expected) {
        assertThat(map(TypeMapping.lossless(), type).text()).isEqualTo(expected);
    }

    private static PostgresType map(TypeMapping mapping, ColumnType type) {
        return mapping.map(ORDERS, ColumnDefinition.of("c", type, true));
    }

    static List<Arguments> ofChameleon() {
        return List.of(
                Arguments.of(unsigned(TypeKind.TINYINT), "integer"),
                Arguments.of(unsigned(TypeKind.INT), "integer"), // F52
                Arguments.of(type(TypeKind.MEDIUMINT), "bigint"),
                Arguments.of(unsigned(TypeKind.BIGINT), "bigint"),
                Arguments.of(decimal(65, 30), "numeric(65,30)"),
                Arguments.of(type(TypeKind.FLOAT), "double precision"),
                Arguments.of(sized(TypeKind.BIT, 64), "integer"), // F55
                Arguments.of(text(TypeKind.CHAR, 20), "character(20)"),
                Arguments.of(varchar(20), "character varying(20)"),
                Arguments.of(type(TypeKind.LONGBLOB), "bytea"),
                Arguments.of(sized(TypeKind.DATETIME, 6), "timestamp without time zone"),
                Arguments.of(sized(TypeKind.TIMESTAMP, 6), "timestamp without time zone"),
                Arguments.of(sized(TypeKind.TIME, 6), "time without time zone"), // F54
                Arguments.of(type(TypeKind.YEAR), "integer"),
                Arguments.of(labels(TypeKind.SET, "a", "b"), "text"),
                Arguments.of(type(TypeKind.JSON), "json"),
                Arguments.of(type(TypeKind.UUID), "uuid"));
    }

    @ParameterizedTest
    @MethodSource("ofChameleon")
    void pgChameleonsTypesAreThereForThoseWhoNeedThem(ColumnType type, String expected) {
        var mapping = new TypeMapping(TypeMapping.Profile.PG_CHAMELEON, List.of());
        assertThat(map(mapping, type).text()).isEqualTo(expected);
    }

    /** F61: value 0 reads as the empty string. */
    @Test
    void anEnumHasTheEmptyLabelOnce() {
        PostgresType added = map(TypeMapping.lossless(), labels(TypeKind.ENUM, "a", "b,'c\""));
        assertThat(added.family()).isEqualTo(Family.ENUM);
        assertThat(added.labels()).containsExactly("", "a", "b,'c\"");
        PostgresType declared = map(TypeMapping.lossless(), labels(TypeKind.ENUM, "a", ""));
        assertThat(declared.labels()).containsExactly("a", "");
    }

    @Test
    void anEnumWithALabelOver63BytesIsCheckedText() {
        PostgresType fits = map(TypeMapping.lossless(), labels(TypeKind.ENUM, "ü".repeat(31)));
        PostgresType tooLong = map(TypeMapping.lossless(), labels(TypeKind.ENUM, "ü".repeat(32)));
        assertThat(fits.family()).isEqualTo(Family.ENUM);
        assertThat(tooLong.family()).isEqualTo(Family.CHECKED_TEXT);
        assertThat(tooLong.labels()).containsExactly("", "ü".repeat(32));
    }

    /** F62. */
    @Test
    void extensionsOfTheDestinationGiveTheirTypes() {
        var extensions = new DestinationExtensions(Optional.of("gis"), Optional.of("odd \"name"));
        TypeMapping mapping = TypeMapping.lossless().on(extensions);
        assertThat(map(mapping, declared(TypeKind.GEOMETRY, "geometry")).text()).isEqualTo("\"gis\".geometry");
        assertThat(map(mapping, declared(TypeKind.GEOMETRY, "point")).text()).isEqualTo("\"gis\".geometry(Point)");
        assertThat(map(mapping, declared(TypeKind.GEOMETRY, "geomcollection")).text())
                .isEqualTo("\"gis\".geometry(GeometryCollection)");
        assertThat(map(mapping, sized(TypeKind.VECTOR, 3)).text()).isEqualTo("\"odd \"\"name\".vector");
        assertThat(map(mapping, sized(TypeKind.VECTOR, 16_383)).text()).isEqualTo("real[]");
    }

    private static ColumnType declared(TypeKind kind, String declared) {
        return ColumnType.of(kind, ColumnType.NONE, ColumnType.NONE, false, declared);
    }

    @Test
    void anOverrideAppliesToItsTypeAndItsTables() {
        var everywhere = new TypeOverride("TINYINT( 1 )", "boolean", table -> true);
        var elsewhere = new TypeOverride("int", "text", new TableId("shop", "customers")::equals);
        var mapping = new TypeMapping(TypeMapping.Profile.LOSSLESS, List.of(everywhere, elsewhere));
        assertThat(map(mapping, sized(TypeKind.TINYINT, 1)).family()).isEqualTo(Family.BOOLEAN);
        assertThat(map(mapping, sized(TypeKind.TINYINT, 4)).text()).isEqualTo("smallint");
        assertThat(map(mapping, type(TypeKind.INT)).text()).isEqualTo("integer");
        assertThat(mapping.map(new TableId("shop", "customers"), ColumnDefinition.of("c", type(TypeKind.INT), true))
                        .text())
                .isEqualTo("text");
    }

    @Test
    void namedTypesAreKnownByTheirSynonyms() {
        assertThat(PostgresType.named("Numeric ( 12 , 2 )")).isEqualTo(PostgresType.numeric(12, 2));
        assertThat(PostgresType.named("character varying(40)").family()).isEqualTo(Family.VARCHAR);
        assertThat(PostgresType.named("timestamp(3) with time zone").family()).isEqualTo(Family.TIMESTAMPTZ);
        assertThat(PostgresType.named("xml").family()).isEqualTo(Family.OTHER);
    }

    @Test
    void anOverrideThatIsNoTypeNameIsRefused() {
        assertThatThrownBy(() -> new TypeOverride("int", "text; DROP TABLE x", table -> true))
                .hasMessage(
                        "CONFIGURATION_INVALID: override_to of type_override 'int' is not a type name"
                                + " {override_to=text; DROP TABLE x}. Write a PostgreSQL type such as boolean or numeric(12,2).");
    }
}
