package io.kameleon.schemas.progress;

/** What happened to one table: row images by operation, and what of them found no row or was kept aside. */
public record TableTally(long inserts, long updates, long deletes, long missing, long discarded) {
    static final TableTally NONE = new TableTally(0, 0, 0, 0, 0);

    public TableTally plus(TableTally other) {
        return new TableTally(
                inserts + other.inserts,
                updates + other.updates,
                deletes + other.deletes,
                missing + other.missing,
                discarded + other.discarded);
    }

    public long rows() {
        return inserts + updates + deletes;
    }
}
