package io.kameleon.schemas.position;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * A place in one server's binary log: file name plus byte position.
 *
 * <p>Ordered within one server only; across servers compare GTID sets. Files order by numeric suffix, not by
 * text: {@code binlog.1000000} follows {@code binlog.999999}.
 *
 * @param file     name without directory, ending in a numeric suffix after the last dot, e.g. {@code binlog.000042}
 * @param position bytes from the start of the file, at least 4 (each file opens with a 4-byte magic number).
 *                 A {@code long}: the event header carries 32 bits, which wrap in a file over 4 GiB (MySQL bug 77252).
 */
public record BinlogCoordinates(String file, long position) implements Comparable<BinlogCoordinates> {
    public static final long FIRST_EVENT_POSITION = 4;

    private static final Comparator<BinlogCoordinates> ORDER =
            Comparator.comparingLong(BinlogCoordinates::fileNumber).thenComparingLong(BinlogCoordinates::position);

    public BinlogCoordinates {
        requireNonNull(file, "file");
        if (position < FIRST_EVENT_POSITION) {
            throw new IllegalArgumentException("position " + position + " lies inside the file header of " + file);
        }
        parseFileNumber(file);
    }

    /** Reads what {@link #toString()} writes. The last colon separates, so a file name may hold others. */
    public static BinlogCoordinates parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("not binlog coordinates: '" + text + "', expected FILE:POSITION");
        }
        try {
            return new BinlogCoordinates(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not binlog coordinates: '" + text + "', expected FILE:POSITION", e);
        }
    }

    /** The number after the last dot of the file's name. */
    public long fileNumber() {
        return parseFileNumber(file);
    }

    public boolean isBefore(BinlogCoordinates other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(BinlogCoordinates other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return file + ":" + position;
    }

    private static long parseFileNumber(String file) {
        try {
            return Long.parseLong(file.substring(file.lastIndexOf('.') + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("binlog file '" + file + "' has no numeric suffix", e);
        }
    }
}
