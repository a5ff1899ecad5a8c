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

    /** What is to be built when the rows are in: statements that may run at the same time, on any connections. */
    List<String> indexes(Planned table);

    /** Runs one of them. @param connection in auto-commit */
    void buildIndex(String index, Planned table, TableSnapshot snapshot, Connection connection);

    /** The indexes are there: constraints and statistics. @param connection in auto-commit */
    void complete(Planned table, Connection connection);

    /** Puts the loaded tables in place. @param connection in the transaction that records the copy */
    void publish(Connection connection) throws SQLException;

    /** After that transaction. */
    void cleanUp();
}
