package io.kameleon.sandbox;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The MySQL server that a test run was given, for example
 * {@code -Dmysql.url=jdbc:mariadb://127.0.0.1:3306/?user=root&password=...}; without the property tests use the sandbox's
 * MariaDB. Tests create databases of their own on it and drop them.
 *
 * @param url      as given, for {@link DriverManager}
 * @param user     {@code root} when the URL names none
 * @param password empty when the URL names none
 */
public record TestMySql(String url, String host, int port, String user, String password) {
    /** Holds the JDBC URL; absent or empty means that there is no such server. */
    public static final String PROPERTY = "mysql.url";

    private static final int PORT_DEFAULT = 3306;
    private static final Pattern URL = Pattern.compile("jdbc:(?:mariadb|mysql)://([^/?]+)(?:/[^?]*)?(?:\\?(.*))?");

    public TestMySql {
        requireNonNull(url, "url");
        requireNonNull(host, "host");
        requireNonNull(user, "user");
        requireNonNull(password, "password");
    }

    /** From the system property. */
    public static Optional<TestMySql> given() {
        return Optional.ofNullable(System.getProperty(PROPERTY))
                .filter(url -> !url.isBlank())
                .map(TestMySql::of);
    }

    /**
     * Takes a URL apart.
     *
     * @throws IllegalArgumentException when it is not a URL of MySQL or MariaDB; the message does not repeat it
     */
    public static TestMySql of(String url) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "the system property " + PROPERTY + " is not of the form jdbc:mariadb://host:port/?user=...");
        }
        URI address = URI.create("any://" + matcher.group(1));
        Map<String, String> parameters = parameters(matcher.group(2));
        int port = address.getPort() < 0 ? PORT_DEFAULT : address.getPort();
        return new TestMySql(
                url.replaceFirst("^jdbc:mysql:", "jdbc:mariadb:"),
                address.getHost(),
                port,
                parameters.getOrDefault("user", "root"),
                parameters.getOrDefault("password", ""));
    }

    /** A new connection; the database may be empty. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database));
    }

    /** For {@link DriverManager}, with user and password; the database may be empty. */
    public String jdbcUrl(String database) {
        return "jdbc:mariadb://%s:%d/%s?user=%s&password=%s&allowPublicKeyRetrieval=true"
                .formatted(host, port, database, user, password);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "MySQL " + user + "@" + host + ":" + port;
    }

    private static Map<String, String> parameters(String query) {
        var parameters = new LinkedHashMap<String, String>();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
                }
            }
        }
        return parameters;
    }
}
