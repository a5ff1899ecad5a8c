package io.kameleon.reader.ddl;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which server speaks: what its statements mean where MySQL and MariaDB, or two versions, differ.
 *
 * @param version major * 10000 + minor * 100 + patch, as in executable comments: 80043, 90700, 110405
 */
public record ServerDialect(Flavour flavour, int version) {
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})(?:\\.(\\d{1,3}))?");
    /** What MariaDB before 11 put before its own version in the handshake, so that old replicas would accept it. */
    private static final String REPLICATION_PREFIX = "5.5.5-";

    public ServerDialect {
        requireNonNull(flavour, "flavour");
    }

    public enum Flavour {
        MYSQL,
        MARIADB
    }

    /**
     * @param versionText {@code SELECT version()} or the handshake's: {@code 9.7.0}, {@code 11.4.5-MariaDB-log},
     *                    {@code 5.5.5-10.6.18-MariaDB}
     * @throws IllegalArgumentException when no version number is in it
     */
    public static ServerDialect of(String versionText) {
        boolean mariaDb = versionText.toLowerCase(Locale.ROOT).contains("mariadb");
        String text = mariaDb && versionText.startsWith(REPLICATION_PREFIX)
                ? versionText.substring(REPLICATION_PREFIX.length())
                : versionText;
        Matcher numbers = NUMBERS.matcher(text);
        if (!numbers.find()) {
            throw new IllegalArgumentException("no version number in '" + versionText + "'");
        }
        int patch = numbers.group(3) == null ? 0 : Integer.parseInt(numbers.group(3));
        int version = Integer.parseInt(numbers.group(1)) * 10_000 + Integer.parseInt(numbers.group(2)) * 100 + patch;
        return new ServerDialect(mariaDb ? Flavour.MARIADB : Flavour.MYSQL, version);
    }

    public boolean isMariaDb() {
        return flavour == Flavour.MARIADB;
    }

    /** Both name their version in executable comments, but MariaDB leaves those of MySQL 5.7 and later alone. */
    boolean executesComment(int commentVersion) {
        if (isMariaDb() && commentVersion >= 50_700 && commentVersion <= 99_999) {
            return false;
        }
        return commentVersion <= version;
    }

    /** {@code a int REFERENCES b (c)} makes a foreign key; MySQL before 9.0 parses and forgets it. */
    boolean honoursInlineReferences() {
        return isMariaDb() ? version >= 100_500 : version >= 90_000;
    }

    /** MySQL 8.0.19 stopped to show display widths, but for signed {@code tinyint(1)} and ZEROFILL. */
    boolean showsIntegerWidths() {
        return isMariaDb() || version < 80_019;
    }
}
