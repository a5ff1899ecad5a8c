package io.kameleon.reader.server;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * The servers that an integration test runs against: those given by {@code -Dmysql.url} and {@code -Dmariadb.url} (JDBC
 * URLs with {@code user} and {@code password}), and a MariaDB of our own when neither is given.
 */
public final class TestSources {
    private TestSources() {}

    public static List<SourceAddress> all() {
        var addresses = new ArrayList<SourceAddress>();
        add(addresses, "mysql.url");
        add(addresses, "mariadb.url");
        if (addresses.isEmpty()) {
            addresses.add(SourceAddress.of("mariadb", "127.0.0.1", TestMariaDb.port(), "root", () -> new char[0]));
        }
        return addresses;
    }

    private static void add(List<SourceAddress> addresses, String property) {
        String url = System.getProperty(property, "");
        if (url.isEmpty()) {
            return;
        }
        URI uri = URI.create(url.substring("jdbc:".length()));
        String user = "root";
        String password = "";
        for (String option :
                uri.getQuery() == null ? new String[0] : uri.getQuery().split("&")) {
            if (option.startsWith("user=")) {
                user = option.substring("user=".length());
            } else if (option.startsWith("password=")) {
                password = option.substring("password=".length());
            }
        }
        char[] secret = password.toCharArray();
        addresses.add(SourceAddress.of(
                property.substring(0, property.indexOf('.')), uri.getHost(), uri.getPort(), user, () -> secret));
    }
}
