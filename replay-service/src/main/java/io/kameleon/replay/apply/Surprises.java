package io.kameleon.replay.apply;

/** Where the destination was not as the source had it, counted while the answers come in. One thread only. */
final class Surprises {
    private long missing;
    private long conflicts;

    void notFound(long sent, long found) {
        missing += sent - Math.min(sent, found);
    }

    void missing(long rows) {
        missing += rows;
    }

    /** @param sent not looked at */
    void inTheWay(long sent, long found) {
        conflicts += found;
    }

    /** Without operations. */
    TableCounts counts() {
        return new TableCounts(0, 0, 0, missing, conflicts);
    }
}
