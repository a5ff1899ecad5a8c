package io.kameleon.reader.server;

/** MySQL's {@code gtid_mode}. MariaDB always numbers its transactions and is ON here. */
public enum GtidMode {
    OFF,
    OFF_PERMISSIVE,
    ON_PERMISSIVE,
    ON;

    /** Whether every transaction has a GTID, so that the executed set alone tells where a server stands (F12). */
    public boolean isComplete() {
        return this == ON;
    }
}
