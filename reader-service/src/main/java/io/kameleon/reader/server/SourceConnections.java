package io.kameleon.reader.server;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Driver;

/** Opens driver connections: every option that we depend on is said here, so that no default of the driver decides. */
final class SourceConnections {
    private SourceConnections() {}

    static Connection open(SourceAddress address) {
        try {
            return Driver.connect(configuration(address));
        } catch (SQLException e) {
            throw SourceErrors.translate(e, address, "logging in");
        }
    }

    private static Configuration configuration(SourceAddress address) throws SQLException {
        Configuration.Builder options = new Configuration.Builder()
                .addHost(address.host(), address.port())
                .user(address.user())
                .password(text(address.password()))
                .connectTimeout(millis(address.connectTimeout()))
                .tcpKeepAlive(true)
                .sslMode(address.tls().mode().driverName())
                // Without TLS a cold caching_sha2_password log-in needs the server's key.
                .allowPublicKeyRetrieval(address.tls().mode() == SourceTls.Mode.DISABLED)
                .allowMultiQueries(true)
                .allowLocalInfile(false)
                .permitRedirect(false)
                .useServerPrepStmts(false)
                .tinyInt1isBit(false)
                .transformedBitIsBoolean(false)
                .yearIsDateType(false)
                .connectionTimeZone("UTC")
                .forceConnectionTimeZoneToSession(false)
                .dumpQueriesOnException(false)
                .disconnectOnExpiredPasswords(true);
        addTls(options, address.tls());
        return options.build();
    }

    private static void addTls(Configuration.Builder options, SourceTls tls) {
        file(tls.serverCertificate(), options::serverSslCert);
        file(tls.trustStore(), options::trustStore);
        file(tls.keyStore(), options::keyStore);
        secret(tls.trustStorePassword(), options::trustStorePassword);
        secret(tls.keyStorePassword(), options::keyStorePassword);
    }

    private static void file(Path path, Consumer<String> option) {
        if (path != null) {
            option.accept(path.toAbsolutePath().toString());
        }
    }

    private static void secret(Supplier<char[]> secret, Consumer<String> option) {
        if (secret != null) {
            option.accept(text(secret));
        }
    }

    private static String text(Supplier<char[]> secret) {
        return new String(secret.get());
    }

    private static int millis(Duration timeout) {
        return (int) Math.min(Integer.MAX_VALUE, timeout.toMillis());
    }
}
