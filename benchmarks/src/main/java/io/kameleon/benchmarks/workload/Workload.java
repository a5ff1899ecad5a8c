package io.kameleon.benchmarks.workload;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Tables and the changes to them. The same seed and scale give the same statements in the same order, from one
 * connection, so every contender reads the same binlog.
 *
 * <p>Immutable, thread-safe.
 */
public interface Workload {
    /** Short, for options and reports: {@code W1}. */
    String name();

    /** One line for the report. */
    String description();

    /** The database on the source, used by nothing else; also the destination schema. */
    String schema();

    List<BenchTable> tables();

    /** The tables whose progress stands for all, where asking all of them would disturb. */
    default List<BenchTable> progressTables() {
        return tables();
    }

    /** Row changes that {@link #run} makes: what a rate counts. For COPY, the rows there are. */
    long changes();

    /**
     * Makes all changes, in the connection's database. Changes the connection's autocommit.
     *
     * @param mysql may use several statements per query ({@code allowMultiQueries=true})
     */
    void run(Connection mysql) throws SQLException;

    /** Drops and creates the database with its empty tables. */
    default void create(Connection mysql) throws SQLException {
        try (Statement statement = mysql.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + schema());
            statement.execute("CREATE DATABASE " + schema() + " CHARACTER SET utf8mb4");
            mysql.setCatalog(schema());
            for (BenchTable table : tables()) {
                statement.execute(table.mysqlDefinition());
            }
        }
    }
}
