package io.kameleon.replay.apply;

/**
 * What one flush did to one table.
 *
 * @param inserts   row images of operation c or r, before they were collapsed to the net change per key
 * @param updates   row images of operation u, likewise
 * @param deletes   row images of operation d, likewise
 * @param missing   updates and deletes (net) that found no row
 * @param conflicts inserts (net) that found a row with their key, and replaced it
 */
public record TableCounts(long inserts, long updates, long deletes, long missing, long conflicts) {
    public static final TableCounts NONE = new TableCounts(0, 0, 0, 0, 0);

    public TableCounts plus(TableCounts other) {
        return new TableCounts(
                inserts + other.inserts,
                updates + other.updates,
                deletes + other.deletes,
                missing + other.missing,
                conflicts + other.conflicts);
    }

    /** Row images in all. */
    public long rows() {
        return inserts + updates + deletes;
    }
}
