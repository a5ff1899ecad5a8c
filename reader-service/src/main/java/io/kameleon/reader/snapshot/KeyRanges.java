package io.kameleon.reader.snapshot;

import io.kameleon.reader.server.Identifiers;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.reader.server.TableFacts;
import io.kameleon.schemas.table.TableDefinition;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a table into ranges of its key that cover every row exactly once, the first without a lower and the last without an
 * upper bound.
 *
 * <p>Ranges are found while they are read: {@link #next()} looks for the next bound in the index, so that reading starts at
 * once and the last range is found late (F34). A single integer key without large gaps is cut by arithmetic instead.
 * A table without an identity, or whose identity cannot bound ranges, is one range.
 *
 * <p>Thread-safe: several readers may take their ranges from one instance. Uses its session for the search.
 */
public final class KeyRanges {
    /** An integer key is cut by arithmetic while at least one of this many numbers is in use. */
    private static final long SPAN_PER_ROW_MAX = 4;

    private final SourceServer server;
    private final TableDefinition table;
    private final SplitKey key;
    private final long rowsPerRange;
    /** Numbers at which ranges end, for a dense integer key; null when the index is searched. */
    private final BigInteger[] span;

    private KeyBound after;
    private int number;
    private boolean done;

    private KeyRanges(SourceServer server, TableDefinition table, SplitKey key, TableFacts facts, long rowsPerRange) {
        this.server = server;
        this.table = table;
        this.key = key;
        this.rowsPerRange = rowsPerRange;
        this.span = key != null && key.isSingleInteger() ? denseSpan(facts) : null;
    }

    /** @param facts of the table, read just before */
    public static KeyRanges of(SourceServer server, TableDefinition table, TableFacts facts, RangeSize size) {
        Optional<SplitKey> key =
                SplitKey.of(table).filter(k -> facts.hasConsistentReads() && isWhole(server, table, k));
        return new KeyRanges(server, table, key.orElse(null), facts, size.rowsFor(facts));
    }

    /** Goes on behind a range that has been read before: after a restart, with the ranges kept in a ledger. */
    public synchronized KeyRanges resumeAfter(KeyRange last) {
        after = last.upTo();
        number = last.number() + 1;
        done = last.isLast();
        return this;
    }

    /** The next range in key order; empty after the last one. */
    public synchronized Optional<KeyRange> next() {
        if (done) {
            return Optional.empty();
        }
        KeyBound upTo = key == null ? null : nextBound();
        var range = new KeyRange(number++, after, upTo);
        after = upTo;
        done = range.isLast();
        return Optional.of(range);
    }

    /** Every range that is left, at most some {@value RangeSize#RANGES_MAX}. */
    public List<KeyRange> remaining() {
        var ranges = new ArrayList<KeyRange>();
        for (Optional<KeyRange> range = next(); range.isPresent(); range = next()) {
            ranges.add(range.get());
        }
        return ranges;
    }

    /** What the ranges are cut by; empty when the table is one range. */
    Optional<SplitKey> key() {
        return Optional.ofNullable(key);
    }

    private KeyBound nextBound() {
        return span == null ? searchedBound() : countedBound();
    }

    /** The key of the last row of the next range; null when the table has fewer rows left. */
    private KeyBound searchedBound() {
        String sql = "SELECT " + key.selectList() + " FROM " + Identifiers.quote(table.id()) + key.forced()
                + (after == null ? "" : " WHERE " + key.after(after)) + " ORDER BY " + key.orderBy("")
                + " LIMIT 1 OFFSET " + (rowsPerRange - 1);
        return bound(sql);
    }

    private KeyBound bound(String sql) {
        List<KeyBound> found = server.list(sql, row -> {
            var values = new ArrayList<String>();
            for (int i = 1; i <= key.columns().size(); i++) {
                values.add(row.getString(i));
            }
            return new KeyBound(values);
        });
        return found.isEmpty() ? null : found.get(0);
    }

    private KeyBound countedBound() {
        BigInteger from =
                after == null ? span[0] : new BigInteger(after.values().get(0)).add(BigInteger.ONE);
        BigInteger end = from.add(BigInteger.valueOf(rowsPerRange - 1));
        return end.compareTo(span[1]) >= 0 ? null : new KeyBound(List.of(end.toString()));
    }

    /** Smallest and largest key when the numbers between them are mostly in use; null otherwise. */
    private BigInteger[] denseSpan(TableFacts facts) {
        KeyBound least = edge(" ASC");
        KeyBound greatest = edge(" DESC");
        if (least == null || greatest == null) {
            return null;
        }
        var from = new BigInteger(least.values().get(0));
        var to = new BigInteger(greatest.values().get(0));
        BigInteger allowed = BigInteger.valueOf(Math.max(rowsPerRange, facts.rowsEstimated() * SPAN_PER_ROW_MAX));
        return to.subtract(from).compareTo(allowed) <= 0 ? new BigInteger[] {from, to} : null;
    }

    private KeyBound edge(String direction) {
        return bound("SELECT " + key.selectList() + " FROM " + Identifiers.quote(table.id()) + key.forced()
                + " ORDER BY " + key.orderBy(direction) + " LIMIT 1");
    }

    /** A key over column prefixes does not give the order, so each search would sort the table. */
    private static boolean isWhole(SourceServer server, TableDefinition table, SplitKey key) {
        String prefixes = server.value(
                "SELECT COUNT(*) FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?"
                        + " AND INDEX_NAME = ? AND SUB_PART IS NOT NULL",
                table.id().schema(),
                table.id().name(),
                key.index());
        return "0".equals(prefixes);
    }
}
