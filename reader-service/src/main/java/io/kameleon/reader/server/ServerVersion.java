package io.kameleon.reader.server;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's version, ordered by its three numbers. Compare only within one {@link ServerFlavour}: MariaDB 10 is no
 * successor of MySQL 9.
 *
 * @param text as {@code VERSION()} gives it: {@code 8.0.36-28}, {@code 11.4.5-MariaDB-log}
 */
public record ServerVersion(int major, int minor, int patch, String text) implements Comparable<ServerVersion> {
    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?");
    /** What MariaDB 10 puts before its own version for the sake of old replicas. */
    private static final String REPLICATION_PREFIX = "5.5.5-";

    private static final Comparator<ServerVersion> ORDER = Comparator.comparingInt(ServerVersion::major)
            .thenComparingInt(ServerVersion::minor)
            .thenComparingInt(ServerVersion::patch);

    public ServerVersion {
        requireNonNull(text, "text");
    }

    public static ServerVersion parse(String text) {
        String own = text.startsWith(REPLICATION_PREFIX) ? text.substring(REPLICATION_PREFIX.length()) : text;
        Matcher numbers = NUMBERS.matcher(own);
        if (!numbers.lookingAt()) {
            throw new IllegalArgumentException("not a server version: '" + text + "'");
        }
        int patch = numbers.group(3) == null ? 0 : Integer.parseInt(numbers.group(3));
        return new ServerVersion(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)), patch, own);
    }

    public boolean isAtLeast(int atLeastMajor, int atLeastMinor, int atLeastPatch) {
        return compareTo(new ServerVersion(atLeastMajor, atLeastMinor, atLeastPatch, "")) >= 0;
    }

    @Override
    public int compareTo(ServerVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return text;
    }
}
