package io.kameleon.reader.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.reader.binlog.BinlogEndpoint;
import io.kameleon.reader.binlog.BinlogEvent;
import io.kameleon.reader.binlog.BinlogStream;
import io.kameleon.reader.server.SourceTls.Mode;
import io.kameleon.sandbox.SandboxMariaDb;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.SourcePosition;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** F18: encryption of a source's sessions and of its replication connection, on a server whose user may not do without. */
class TlsIT {
    @TempDir
    private static Path directory;

    private static SandboxMariaDb server;
    private static ServerCertificate trusted;
    private static ServerCertificate other;

    @BeforeAll
    static void start() throws Exception {
        trusted = ServerCertificate.create(directory, "trusted");
        other = ServerCertificate.create(directory, "other");
        server = SandboxMariaDb.startIn(
                directory.resolve("mariadb"),
                "--ssl",
                "--ssl-cert=" + trusted.certificate(),
                "--ssl-key=" + trusted.key());
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE USER 'encrypted'@'127.0.0.1' IDENTIFIED BY 'secret' REQUIRE SSL");
            statement.execute("GRANT SELECT, REPLICATION SLAVE, BINLOG MONITOR ON *.* TO 'encrypted'@'127.0.0.1'");
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(value = Mode.class, names = "DISABLED", mode = EnumSource.Mode.EXCLUDE)
    void sessionAndStreamAreEncrypted(Mode mode) throws Exception {
        SourceAddress address = address("localhost", SourceTls.of(mode).withAuthority(trusted.certificate()));
        assertSessionEncrypted(address);
        assertThat(firstEvent(address)).isNotNull();
    }

    @Test
    void plainTextIsRefusedByTheServer() {
        assertFails(
                ErrorCode.SOURCE_ACCESS_DENIED, () -> SourceServer.connect(address("localhost", SourceTls.DISABLED)));
    }

    /** For a session MariaDB's driver takes the password as proof of the certificate instead, which no stranger could give. */
    @Test
    void aCertificateOfAnotherAuthorityIsRefused() {
        SourceAddress address =
                address("localhost", SourceTls.of(Mode.VERIFY_CA).withAuthority(other.certificate()));
        assertFails(ErrorCode.SOURCE_SETTING, () -> firstEvent(address));
    }

    @Test
    void aCertificateForAnotherHostIsRefusedWhereTheHostIsChecked() throws Exception {
        SourceTls authority = SourceTls.of(Mode.VERIFY_CA).withAuthority(trusted.certificate());
        assertThat(firstEvent(address("127.0.0.1", authority))).isNotNull();
        SourceAddress checked =
                address("127.0.0.1", SourceTls.of(Mode.VERIFY_IDENTITY).withAuthority(trusted.certificate()));
        assertFails(ErrorCode.SOURCE_SETTING, () -> SourceServer.connect(checked));
        assertFails(ErrorCode.SOURCE_SETTING, () -> firstEvent(checked));
    }

    @Test
    void aMissingFileIsNamed() {
        SourceTls tls = SourceTls.of(Mode.VERIFY_CA).withAuthority(directory.resolve("missing.pem"));
        assertFails(ErrorCode.CONFIGURATION_INVALID, () -> SourceServer.connect(address("localhost", tls)));
    }

    @Test
    void aServerWithoutTlsServesPreferredAndNotRequired() throws Exception {
        try (var plain = SandboxMariaDb.startIn(directory.resolve("plain"))) {
            SourceAddress address = SourceAddress.of(
                    "shop", "127.0.0.1", plain.port(), SandboxMariaDb.REPLICA_USER, () -> plain.replicaPassword()
                            .toCharArray());
            SourceAddress preferred = address.withTls(SourceTls.of(Mode.PREFERRED));
            SourceServer.connect(preferred).close();
            assertThat(firstEvent(preferred)).isNotNull();
            assertFails(
                    ErrorCode.SOURCE_SETTING, () -> SourceServer.connect(address.withTls(SourceTls.of(Mode.REQUIRED))));
        }
    }

    private static SourceAddress address(String host, SourceTls tls) {
        return SourceAddress.of("shop", host, server.port(), "encrypted", "secret"::toCharArray)
                .withTls(tls);
    }

    private static void assertSessionEncrypted(SourceAddress address) {
        try (SourceServer session = SourceServer.connect(address)) {
            assertThat(session.list("SHOW SESSION STATUS LIKE 'Ssl_cipher'", row -> row.getString(2)))
                    .singleElement()
                    .asString()
                    .isNotEmpty();
        }
    }

    /** Opens a replication connection and takes what arrives first: at least the server's description of its log. */
    private static BinlogEvent firstEvent(SourceAddress address) throws InterruptedException {
        SourcePosition from;
        SourceAddress plain = server.port() == address.port() ? address.withTls(SourceTls.of(Mode.REQUIRED)) : address;
        try (SourceServer session = SourceServer.connect(plain)) {
            from = new BinlogPositions(session).current();
        }
        try (var stream =
                BinlogStream.open("shop", BinlogEndpoint.of(address), 4711, from, false, Duration.ofSeconds(1))) {
            return stream.poll(Duration.ofSeconds(20));
        }
    }

    private static void assertFails(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(ReplicationException.class, failure -> assertThat(failure.code())
                        .isEqualTo(code));
    }
}
