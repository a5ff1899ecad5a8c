package io.kameleon.reader.server;

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
        SourceTls tls = address.tls();
        try {
            return open(address, tls);
        } catch (SQLException e) {
            if (tls.mode() == SourceTls.Mode.PREFERRED && TlsFault.isNotOffered(e)) {
                return openPlain(address);
            }
            throw SourceErrors.translate(e, address, "logging in");
        }
    }

    private static Connection openPlain(SourceAddress address) {
        try {
            return open(address, SourceTls.DISABLED);
        } catch (SQLException e) {
            throw SourceErrors.translate(e, address, "logging in");
        }
    }

    private static Connection open(SourceAddress address, SourceTls tls) throws SQLException {
        Properties options = options(address);
        addTls(options, tls);
        return Driver.connect(Configuration.parse(url(address), options));
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
        return options;
    }

    private static void addTls(Properties options, SourceTls tls) {
        options.setProperty("sslMode", driverMode(tls.mode()));
        // Without TLS a cold caching_sha2_password log-in needs the server's key.
        options.setProperty("allowPublicKeyRetrieval", Boolean.toString(tls.mode() == SourceTls.Mode.DISABLED));
        boolean checks = tls.mode() == SourceTls.Mode.VERIFY_CA || tls.mode() == SourceTls.Mode.VERIFY_IDENTITY;
        if (checks && !tls.authorities().isEmpty()) {
            options.setProperty(
                    "serverSslCert",
                    tls.authority().orElseThrow().toAbsolutePath().toString());
        }
    }

    private static String driverMode(SourceTls.Mode mode) {
        return switch (mode) {
            case DISABLED -> "disable";
            case PREFERRED, REQUIRED -> "trust";
            case VERIFY_CA -> "verify-ca";
            case VERIFY_IDENTITY -> "verify-full";
        };
    }

    private static String text(Supplier<char[]> secret) {
        return new String(secret.get());
    }

    private static String millis(Duration timeout) {
        return Long.toString(Math.min(Integer.MAX_VALUE, timeout.toMillis()));
    }
}
