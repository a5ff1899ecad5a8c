package io.kameleon.admin.lag;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** How many transactions a GTID set stands for, so that two sets of one history can be subtracted. */
final class GtidCount {
    private static final Pattern MARIADB = Pattern.compile("\\d+-\\d+-\\d+");
    private static final Pattern INTERVAL = Pattern.compile("(\\d{1,18})(?:-(\\d{1,18}))?");

    private GtidCount() {}

    /**
     * MySQL: the transactions of all intervals. MariaDB: the sum of the domains' sequence numbers, which may have gaps.
     *
     * @return empty for an empty set, and for what is none
     */
    static OptionalLong of(String set) {
        long transactions = 0;
        for (String part : set.isBlank() ? new String[0] : set.split(",")) {
            String entry = part.strip();
            if (MARIADB.matcher(entry).matches()) {
                entry = ":1-" + entry.substring(entry.lastIndexOf('-') + 1);
            }
            String[] pieces = entry.split(":"); // a server's UUID, then tags and intervals
            for (int i = 1; i < pieces.length; i++) {
                var interval = INTERVAL.matcher(pieces[i].strip());
                if (interval.matches()) {
                    long from = Long.parseLong(interval.group(1));
                    transactions += (interval.group(2) == null ? from : Long.parseLong(interval.group(2))) - from + 1;
                }
            }
        }
        return transactions == 0 ? OptionalLong.empty() : OptionalLong.of(transactions);
    }

    /** What the later set has more; empty when either is not known. */
    static OptionalLong between(String earlier, String later) {
        OptionalLong from = of(earlier);
        OptionalLong to = of(later);
        return from.isEmpty() || to.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, to.getAsLong() - from.getAsLong()));
    }
}
