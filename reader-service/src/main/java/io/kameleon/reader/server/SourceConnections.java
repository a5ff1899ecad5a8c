package io.kameleon.reader.server;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Supplier;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Driver;

/** Opens driver connections: every option that we depend on is said here, so that no default of the driver decides. */
final class SourceConnections {
    private SourceConnections() {}

    static Connection open(SourceAddress address) {
        try {
            return Driver.connect(Configuration.parse(url(address), options(address)));
        } catch (SQLException e) {
            throw SourceErrors.translate(e, address, "logging in");
        }
    }

    private static String url(SourceAddress address) {
        String host = address.host().contains(":") ? "[" + address.host() + "]" : address.host();
        return "jdbc:mariadb://" + host + ":" + address.port() + "/";
    }

    private static Properties options(SourceAddress address) {
        var options = new Properties();
        options.setProperty("user", address.user());
        options.setProperty("password", text(address.password()));
        options.setProperty("connectTimeout", millis(address.connectTimeout()));
        options.setProperty("tcpKeepAlive", "true");
        options.setProperty("allowMultiQueries", "true");
        options.setProperty("allowLocalInfile", "false");
        options.setProperty("permitRedirect", "false");
        options.setProperty("useServerPrepStmts", "false");
        options.setProperty("tinyInt1isBit", "false");
        options.setProperty("transformedBitIsBoolean", "false");
        options.setProperty("yearIsDateType", "false");
        options.setProperty("connectionTimeZone", "UTC");
        options.setProperty("forceConnectionTimeZoneToSession", "false");
        options.setProperty("dumpQueriesOnException", "false");
        options.setProperty("jdbcCompliantTruncation", "false");
        options.setProperty("disconnectOnExpiredPasswords", "true");
        addTls(options, address.tls());
        return options;
    }

    private static void addTls(Properties options, SourceTls tls) {
        options.setProperty("sslMode", tls.mode().driverName());
        // Without TLS a cold caching_sha2_password log-in needs the server's key.
        options.setProperty("allowPublicKeyRetrieval", Boolean.toString(tls.mode() == SourceTls.Mode.DISABLED));
        file(options, "serverSslCert", tls.serverCertificate());
        file(options, "trustStore", tls.trustStore());
        file(options, "keyStore", tls.keyStore());
        secret(options, "trustStorePassword", tls.trustStorePassword());
        secret(options, "keyStorePassword", tls.keyStorePassword());
    }

    private static void file(Properties options, String name, Path path) {
        if (path != null) {
            options.setProperty(name, path.toAbsolutePath().toString());
        }
    }

    private static void secret(Properties options, String name, Supplier<char[]> secret) {
        if (secret != null) {
            options.setProperty(name, text(secret));
        }
    }

    private static String text(Supplier<char[]> secret) {
        return new String(secret.get());
    }

    private static String millis(Duration timeout) {
        return Long.toString(Math.min(Integer.MAX_VALUE, timeout.toMillis()));
    }
}
