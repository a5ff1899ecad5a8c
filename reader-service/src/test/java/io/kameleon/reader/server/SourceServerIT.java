package io.kameleon.reader.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.position.SourcePosition;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ColumnType;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.table.TypeKind;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SourceServerIT {
    private static final String SCHEMA = "kameleon_server_it";
    private static final String COLD_USERS = "kameleon_cold@'%', kameleon_cold@localhost";

    static Stream<SourceAddress> sources() {
        return TestSources.all().stream();
    }

    @ParameterizedTest
    @MethodSource("sources")
    void factsTellTheServer(SourceAddress address) {
        try (SourceServer server = SourceServer.connect(address)) {
            ServerFacts facts = server.facts();
            assertThat(facts.binlogFormat()).isEqualTo("ROW");
            assertThat(facts.binlogRowImage()).isEqualTo("FULL");
            assertThat(facts.serverId()).isPositive();
            assertThat(facts.defaultCollations()).containsEntry("latin1", "latin1_swedish_ci");
            assertThat(facts.serverUuid())
                    .contains(facts.isMariaDb() ? facts.serverId() + "@" : "-")
                    .doesNotContain("null");
        }
    }

    /** F59: times come in UTC, whatever the server's zone is. */
    @ParameterizedTest
    @MethodSource("sources")
    void sessionIsIndependentOfServerDefaults(SourceAddress address) {
        try (SourceServer server = SourceServer.connect(address)) {
            assertThat(server.value("SELECT FROM_UNIXTIME(0)")).startsWith("1970-01-01 00:00:00");
            assertThat(server.value("SELECT @@sql_mode")).isEqualTo("ALLOW_INVALID_DATES");
            assertThat(server.value("SELECT 'a\\\\b'")).isEqualTo("a\\b");
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void wrongPasswordIsSaidPlainly(SourceAddress address) {
        SourceAddress wrong =
                SourceAddress.of("shop", address.host(), address.port(), "nobody_here", "s3cret"::toCharArray);
        assertThatThrownBy(() -> SourceServer.connect(wrong))
                .isInstanceOf(ReplicationException.class)
                .hasMessage("SOURCE_ACCESS_DENIED: User 'nobody_here' was refused with the given password {source=shop,"
                        + " server=" + address.host() + ":" + address.port() + "}. Check user and password of the"
                        + " source, and from which hosts the user may connect.");
    }

    @ParameterizedTest
    @MethodSource("sources")
    void closedPortIsUnreachable(SourceAddress address) throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        SourceAddress nowhere = SourceAddress.of("shop", "127.0.0.1", closed, "root", () -> new char[0]);
        assertThatThrownBy(() -> SourceServer.connect(nowhere))
                .hasMessage("SOURCE_UNREACHABLE: The server could not be reached for logging in {source=shop,"
                        + " server=127.0.0.1:" + closed + "}. Check that the server runs, that host and port are right,"
                        + " and that no firewall stands between.");
    }

    /** F18: a user whose password hash is not cached yet logs in without TLS, and with it. */
    @ParameterizedTest
    @MethodSource("sources")
    void coldPasswordLogsInWithAndWithoutTls(SourceAddress address) {
        try (SourceServer server = SourceServer.connect(address)) {
            server.execute("DROP USER IF EXISTS " + COLD_USERS);
            for (String user : COLD_USERS.split(", ")) {
                server.execute("CREATE USER " + user + " IDENTIFIED BY 'Very-l0ng-pass'");
            }
            SourceAddress cold = SourceAddress.of(
                    "shop", address.host(), address.port(), "kameleon_cold", "Very-l0ng-pass"::toCharArray);
            try (SourceServer session = SourceServer.connect(cold)) {
                assertThat(session.value("SELECT CURRENT_USER()")).startsWith("kameleon_cold@");
            }
            if (hasTls(server)) {
                try (SourceServer session = SourceServer.connect(cold.withTls(SourceTls.of(SourceTls.Mode.REQUIRED)))) {
                    assertThat(session.list("SHOW SESSION STATUS LIKE 'Ssl_cipher'", row -> row.getString(2)))
                            .doesNotContain("");
                }
            }
            server.execute("DROP USER " + COLD_USERS);
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void positionMovesWithTransactionsAndIsAvailable(SourceAddress address) {
        try (SourceServer server = schema(address)) {
            var positions = new BinlogPositions(server);
            SourcePosition before = positions.start();
            server.execute("INSERT INTO " + SCHEMA + ".t VALUES (1)");
            SourcePosition after = positions.current();
            assertThat(before.coordinates().isBefore(after.coordinates())).isTrue();
            assertThat(after.gtidSet())
                    .isNotEmpty()
                    .isNotEqualTo(before.gtidSet())
                    .doesNotContain("\n");
            assertThat(positions.isAvailable(before)).isTrue();
            assertThat(positions.isAvailable(after)).isTrue();
            assertThat(positions.binlogFiles())
                    .extracting(BinlogFile::name)
                    .contains(after.coordinates().file());
            drop(server);
        }
    }

    /** F13, F14: a position of another history or before the oldest file is refused, each with its own remedy. */
    @ParameterizedTest
    @MethodSource("sources")
    void positionsThatCannotBeResumedAreRefused(SourceAddress address) {
        try (SourceServer server = SourceServer.connect(address)) {
            var positions = new BinlogPositions(server);
            SourcePosition now = positions.current();
            String uuid = now.serverUuid();
            String file = now.coordinates().file();
            var other = new SourcePosition("other-server", now.coordinates(), "");
            var beyond = new SourcePosition(uuid, new BinlogCoordinates(file, 1L << 40), "");
            String base = file.substring(0, file.lastIndexOf('.'));
            var older = new SourcePosition(uuid, new BinlogCoordinates(base + ".000000", 4), "");
            assertThat(positions.availability(other)).isEqualTo(Availability.OTHER_HISTORY);
            assertThat(positions.availability(beyond)).isEqualTo(Availability.OTHER_HISTORY);
            assertThat(positions.availability(older)).isEqualTo(Availability.PURGED);
            assertThatThrownBy(() -> positions.requireAvailable(older))
                    .extracting(e -> ((ReplicationException) e).code())
                    .isEqualTo(ErrorCode.BINLOG_PURGED);
            assertThatThrownBy(() -> positions.requireAvailable(other))
                    .extracting(e -> ((ReplicationException) e).code())
                    .isEqualTo(ErrorCode.SOURCE_CHANGED);
        }
    }

    /** A GTID set of this server is known to another one of the same history (fail-over), an unknown one is not. */
    @ParameterizedTest
    @MethodSource("sources")
    void gtidSetsAreJudgedWithoutTheServersName(SourceAddress address) {
        try (SourceServer server = schema(address)) {
            var positions = new BinlogPositions(server);
            SourcePosition now = positions.current();
            var failedOver = new SourcePosition("old-primary", now.coordinates(), now.gtidSet());
            String future = server.facts().isMariaDb() ? "0-1-999999999" : "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5";
            var unknown = new SourcePosition("old-primary", now.coordinates(), future);
            assertThat(positions.availability(failedOver)).isEqualTo(Availability.AVAILABLE);
            assertThat(positions.availability(unknown)).isEqualTo(Availability.OTHER_HISTORY);
            drop(server);
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void startHoldsEveryTableButViews(SourceAddress address) {
        try (SourceServer server = schema(address)) {
            server.execute("CREATE VIEW " + SCHEMA + ".v AS SELECT 1 AS one");
            for (int i = 0; i < 250; i++) {
                server.execute("CREATE TABLE " + SCHEMA + ".`odd ``name` ".replace("name", "name" + i)
                        + "(id INT PRIMARY KEY)");
            }
            StableStart.Start start =
                    new StableStart(server, SourceServerIT::definition).find(List.of(SCHEMA, "kameleon_not_there"));
            assertThat(start.definitions()).hasSize(250);
            assertThat(start.definitions()).containsKey(new TableId(SCHEMA, "odd `name7"));
            assertThat(start.refused()).containsOnlyKeys(new TableId(SCHEMA, "t"));
            assertThat(new DefinitionReader(server).schemaDefaults(List.of(SCHEMA)))
                    .containsEntry(SCHEMA, new DefinitionReader.SchemaDefaults("latin1", "latin1_swedish_ci"));
            drop(server);
        }
    }

    private static TableDefinition definition(TableId id, String showCreate) {
        if (id.name().equals("t")) {
            throw new ReplicationException(ErrorCode.TYPE_UNSUPPORTED, "no", java.util.Map.of(), "None.");
        }
        assertThat(showCreate).startsWith("CREATE TABLE");
        var column = ColumnDefinition.of("id", ColumnType.of(TypeKind.INT, -1, -1, false, "int"), false);
        return new TableDefinition(id, List.of(column), List.of("id"), List.of(), List.of(), "", "", "");
    }

    private static boolean hasTls(SourceServer server) {
        return server.list("SHOW GLOBAL VARIABLES LIKE 'ssl_cert'", row -> row.getString(2)).stream()
                .anyMatch(certificate -> !certificate.isEmpty());
    }

    private static SourceServer schema(SourceAddress address) {
        SourceServer server = SourceServer.connect(address);
        drop(server);
        server.execute("CREATE DATABASE " + SCHEMA + " CHARACTER SET latin1");
        server.execute("CREATE TABLE " + SCHEMA + ".t (id INT AUTO_INCREMENT PRIMARY KEY)");
        return server;
    }

    private static void drop(SourceServer server) {
        server.execute("DROP DATABASE IF EXISTS " + SCHEMA);
    }
}
