package io.kameleon.reader.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes global settings of the servers for a moment, so these are not to be shared with other runs. */
class SettingsCheckIT {
    private static final String SCHEMA = "kameleon_settings_it";
    private static final long REPLICA_ID = 990_017;
    private static final SettingsCheck.Needs NEEDS = SettingsCheck.Needs.of(REPLICA_ID, List.of(SCHEMA), ResumeBy.GTID);

    static Stream<SourceAddress> sources() {
        return TestSources.all().stream();
    }

    @ParameterizedTest
    @MethodSource("sources")
    void wellSetServerHasNoFinding(SourceAddress address) {
        try (SourceServer server = schema(address)) {
            assertThat(SettingsCheck.run(server, NEEDS)).isEmpty();
            SettingsCheck.require(server, List.of());
            drop(server);
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void statementFormatStops(SourceAddress address) {
        try (SourceServer server = schema(address)) {
            SettingsFinding finding = findingWith(server, "binlog_format", "'STATEMENT'", "'ROW'");
            assertThat(finding.sentence())
                    .isEqualTo("The binlog holds statements instead of rows (binlog_format is STATEMENT)");
            assertThat(finding.statement()).isEqualTo(set(server) + "binlog_format = 'ROW'");
            assertThatThrownBy(() -> SettingsCheck.require(server, List.of(finding)))
                    .hasMessage(
                            "SOURCE_SETTING: The binlog holds statements instead of rows (binlog_format is STATEMENT)"
                                    + " {source=" + address.name() + ", server=" + address.host() + ":" + address.port()
                                    + "}. Run on the source: " + set(server) + "binlog_format = 'ROW'.");
            drop(server);
        }
    }

    /** F4. */
    @ParameterizedTest
    @MethodSource("sources")
    void partialRowImageStops(SourceAddress address) {
        try (SourceServer server = schema(address)) {
            SettingsFinding finding = findingWith(server, "binlog_row_image", "'MINIMAL'", "'FULL'");
            assertThat(finding.sentence()).isEqualTo("The binlog leaves out columns (binlog_row_image is MINIMAL)");
            assertThat(finding.stops()).isTrue();
            drop(server);
        }
    }

    /** F1, F3: MySQL has settings of its own. */
    @ParameterizedTest
    @MethodSource("sources")
    void compressedAndPartialFormsAreFound(SourceAddress address) {
        try (SourceServer server = schema(address)) {
            if (!server.facts().isMariaDb()) {
                assertThat(findingWith(server, "binlog_transaction_compression", "ON", "OFF")
                                .stops())
                        .isFalse();
                SettingsFinding partial = findingWith(server, "binlog_row_value_options", "'PARTIAL_JSON'", "''");
                assertThat(partial.sentence()).startsWith("The binlog holds only the changed parts of JSON values");
                assertThat(partial.stops()).isFalse();
            }
            drop(server);
        }
    }

    /** F14. */
    @ParameterizedTest
    @MethodSource("sources")
    void shortRetentionWarns(SourceAddress address) {
        try (SourceServer server = schema(address)) {
            String usual = server.value("SELECT @@GLOBAL.binlog_expire_logs_seconds");
            SettingsFinding finding = findingWith(server, "binlog_expire_logs_seconds", "3600", usual);
            assertThat(finding.stops()).isFalse();
            assertThat(finding.sentence())
                    .isEqualTo("The server removes binlog files after 3600 seconds, and a reader that is stopped for"
                            + " longer has to copy everything again");
            drop(server);
        }
    }

    /** F17. */
    @ParameterizedTest
    @MethodSource("sources")
    void serverIdOfTheServerClashes(SourceAddress address) {
        try (SourceServer server = schema(address)) {
            var needs = SettingsCheck.Needs.of(server.facts().serverId(), List.of(SCHEMA), ResumeBy.GTID);
            assertThat(SettingsCheck.run(server, needs)).singleElement().satisfies(finding -> {
                assertThat(finding.code()).isEqualTo(ErrorCode.SERVER_ID_CLASH);
                assertThat(finding.sentence())
                        .isEqualTo("The server itself has the server id "
                                + server.facts().serverId());
            });
            drop(server);
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void missingSchemaStops(SourceAddress address) {
        try (SourceServer server = SourceServer.connect(address)) {
            var needs = SettingsCheck.Needs.of(REPLICA_ID, List.of("kameleon_not_there"), ResumeBy.GTID);
            List<SettingsFinding> findings = SettingsCheck.run(server, needs);
            assertThatThrownBy(() -> SettingsCheck.require(server, findings))
                    .isInstanceOf(ReplicationException.class)
                    .hasMessageStartingWith("SOURCE_SCHEMA_MISSING: The schema 'kameleon_not_there' does not exist, or"
                            + " user 'root' may see nothing of it {source=" + address.name());
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void missingPrivilegesAreListedWithTheirGrants(SourceAddress address) {
        try (SourceServer server = schema(address)) {
            server.execute("CREATE TABLE " + SCHEMA + ".keyless (a INT)");
            String account = "'kameleon_poor'@'" + hostOf(server) + "'";
            server.execute("DROP USER IF EXISTS " + account);
            server.execute("CREATE USER " + account + " IDENTIFIED BY 'p'");
            server.execute("GRANT INSERT ON " + SCHEMA + ".* TO " + account);
            SourceAddress poor =
                    SourceAddress.of("shop", address.host(), address.port(), "kameleon_poor", "p"::toCharArray);
            try (SourceServer session = SourceServer.connect(poor)) {
                String monitor = server.facts().isMariaDb() ? "BINLOG MONITOR" : "REPLICATION CLIENT";
                assertThat(SettingsCheck.run(session, NEEDS))
                        .extracting(SettingsFinding::statement)
                        .containsExactlyElementsOf(Stream.of(
                                        "GRANT REPLICATION SLAVE ON *.* TO " + account,
                                        "GRANT " + monitor + " ON *.* TO " + account,
                                        "GRANT SELECT ON `" + SCHEMA + "`.* TO " + account,
                                        server.facts().isMariaDb()
                                                ? ""
                                                : "GRANT LOCK TABLES ON `" + SCHEMA + "`.* TO " + account)
                                .filter(s -> !s.isEmpty())
                                .toList());
                assertThatThrownBy(() -> new BinlogPositions(session).current())
                        .hasMessageContaining("SOURCE_ACCESS_DENIED: User 'kameleon_poor' lacks a privilege for SHOW");
            }
            SettingsCheck.run(server, NEEDS).forEach(f -> assertThat(f.stops()).isFalse());
            grantAll(server, account);
            try (SourceServer session = SourceServer.connect(poor)) {
                assertThat(SettingsCheck.run(session, NEEDS)).isEmpty();
            }
            server.execute("DROP USER " + account);
            drop(server);
        }
    }

    private static void grantAll(SourceServer server, String account) {
        server.execute("GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO " + account);
        server.execute("GRANT SELECT, LOCK TABLES ON "
                + SCHEMA.replace("_", "\\_").transform(s -> "`" + s + "`") + ".* TO " + account);
    }

    /** The host part under which the server sees us, so that an anonymous user of a fresh MariaDB does not match first. */
    private static String hostOf(SourceServer server) {
        String user = server.value("SELECT USER()");
        return user.substring(user.indexOf('@') + 1);
    }

    private static SettingsFinding findingWith(SourceServer server, String variable, String value, String usual) {
        server.execute("SET GLOBAL " + variable + " = " + value);
        try {
            List<SettingsFinding> findings = SettingsCheck.run(server, NEEDS);
            assertThat(findings).extracting(SettingsFinding::setting).containsExactly(variable);
            return findings.get(0);
        } finally {
            server.execute("SET GLOBAL " + variable + " = " + usual);
        }
    }

    private static String set(SourceServer server) {
        return server.facts().isMariaDb() ? "SET GLOBAL " : "SET PERSIST ";
    }

    private static SourceServer schema(SourceAddress address) {
        SourceServer server = SourceServer.connect(address);
        drop(server);
        server.execute("CREATE DATABASE " + SCHEMA);
        return server;
    }

    private static void drop(SourceServer server) {
        server.execute("DROP DATABASE IF EXISTS " + SCHEMA);
    }
}
