package io.kameleon.replay.type;

import static io.kameleon.replay.row.TestTable.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.replay.apply.CopyLoader;
import io.kameleon.replay.row.ConversionCounts;
import io.kameleon.replay.row.ConversionPolicy;
import io.kameleon.replay.row.DestinationTableLookup;
import io.kameleon.replay.row.TestPostgres;
import io.kameleon.replay.row.TestTable;
import io.kameleon.replay.row.TestTable.Geometry;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.table.TypeKind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Geometries on the destination that the tests are given: PostGIS's type where it can be installed there ({@code
 * -Dpostgres.url}), else {@code bytea} with the same bytes (F62).
 */
class ExtensionTypesIT {
    private static final String POINT = "0101000000000000000000f03f0000000000000040";

    private Connection connection;
    private boolean postgis;

    @BeforeEach
    void connect() throws SQLException {
        connection = open();
        TestPostgres.execute(connection, "DROP SCHEMA IF EXISTS replica CASCADE", "CREATE SCHEMA replica");
        postgis = !TestPostgres.query(connection, "SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'")
                .isEmpty();
        if (postgis) {
            TestPostgres.execute(
                    connection, "CREATE SCHEMA IF NOT EXISTS gis", "CREATE EXTENSION IF NOT EXISTS postgis SCHEMA gis");
        }
    }

    private static Connection open() throws SQLException {
        String url = System.getProperty("postgres.url", "");
        if (url.isEmpty()) {
            return TestPostgres.connectToEmptySchema();
        }
        Connection given = DriverManager.getConnection(url);
        given.setAutoCommit(false);
        return given;
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.rollback();
        connection.close();
    }

    @Test
    void geometriesKeepTheirSridAndTheirBytes() throws SQLException {
        load(
                "geometry",
                new Geometry(POINT, 0),
                new Geometry(POINT, 4326),
                new Geometry("010700000000000000", 3857),
                null);
        assertThat(values("encode(v::bytea, 'hex')"))
                .containsExactly(
                        POINT,
                        "0101000020e6100000000000000000f03f0000000000000040",
                        "0107000020110f000000000000",
                        "NULL");
        if (postgis) {
            assertThat(values("gis.st_asewkt(v)"))
                    .containsExactly(
                            "POINT(1 2)", "SRID=4326;POINT(1 2)", "SRID=3857;GEOMETRYCOLLECTION EMPTY", "NULL");
        }
    }

    @Test
    void aSubtypeIsDeclaredWherePostgisIs() throws SQLException {
        load("point", new Geometry(POINT, 4326));
        assertThat(values("pg_typeof(v)")).containsExactly(postgis ? "gis.geometry" : "bytea");
        String declared = TestPostgres.query(
                        connection,
                        "SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
                                + " WHERE attrelid = 'replica.t'::regclass AND attname = 'v'")
                .get(0);
        assertThat(declared).isEqualTo(postgis ? "gis.geometry(Point)" : "bytea");
    }

    /** PostGIS would take an SRID beyond its own for another system. */
    @Test
    void anSridBeyondPostgisIsRefusedThereOnly() throws SQLException {
        var far = new Geometry(POINT, 1_000_000);
        if (postgis) {
            assertThatThrownBy(() -> load("geometry", far))
                    .isInstanceOf(ReplicationException.class)
                    .hasMessageStartingWith("VALUE_OUT_OF_RANGE");
        } else {
            load("geometry", far);
            assertThat(values("encode(v, 'hex')")).containsExactly("010100002040420f00" + POINT.substring(10));
        }
    }

    private void load(String declared, Object... values) throws SQLException {
        var type = ColumnType.of(TypeKind.GEOMETRY, ColumnType.NONE, ColumnType.NONE, false, declared);
        ColumnDefinition geometry = ColumnDefinition.of("v", type, true);
        TypeMapping mapping = TypeMapping.lossless().on(DestinationExtensions.find(connection));
        String text = mapping.map(new TableId("shop", "t"), geometry).text();
        TestPostgres.execute(connection, "CREATE TABLE replica.t (id int PRIMARY KEY, v " + text + ")");
        TestTable source =
                TestTable.of("t", List.of("id"), column("id", TypeKind.INT, ColumnType.NONE, false), geometry);
        var table = DestinationTableLookup.find(connection, "replica", "t");
        var policy = ConversionPolicy.standard(new ConversionCounts());
        try (var loader = CopyLoader.begin(connection, table, source.rowFormat(), policy)) {
            for (int i = 0; i < values.length; i++) {
                byte[] row = source.row(i, values[i]);
                loader.row(row, 0, row.length);
            }
            loader.finish();
        }
    }

    private List<String> values(String expression) throws SQLException {
        return TestPostgres.query(connection, "SELECT " + expression + " FROM replica.t ORDER BY id");
    }
}
