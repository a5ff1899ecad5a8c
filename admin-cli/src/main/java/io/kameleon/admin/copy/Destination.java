package io.kameleon.admin.copy;

import io.kameleon.admin.copy.CopyPlan.Planned;
import io.kameleon.reader.snapshot.TableSnapshot;
import io.kameleon.replay.row.DestinationTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Where a copy's tables are loaded, and how they become the replica's. */
interface Destination {
    /** Fails before anything is changed anywhere. */
    void check();

    /** Makes the tables ready to load. @return notes for the operator */
    List<String> prepare();

    /** Structure of the table to load into. Thread-safe. @param connection the caller's, to look with */
    DestinationTable table(Planned table, Connection connection) throws SQLException;

    /** The rows are in: indexes and constraints. @param connection in auto-commit */
    void complete(Planned table, TableSnapshot snapshot, Connection connection) throws SQLException;

    /** Puts the loaded tables in place. @param connection in the transaction that records the copy */
    void publish(Connection connection) throws SQLException;

    /** After that transaction. */
    void cleanUp();
}
