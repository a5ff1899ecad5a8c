package io.kameleon.reader.server;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.position.BinlogCoordinates;
import io.kameleon.schemas.position.SourcePosition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where a server's binlog stands, and whether a reader can resume at a position.
 *
 * <p>A transaction is written to the binlog first and becomes visible to other sessions afterwards, so two moments differ:
 * <ul>
 *   <li>{@link #current()} comes after every transaction that any read view opened before the call can see. It ends a copy.
 *   <li>{@link #start()} comes before every transaction that some read view opened after the call cannot see. It starts a
 *       copy.
 * </ul>
 * One thread at a time, as its session.
 */
public final class BinlogPositions {
    private static final String NEW_STATUS = "SHOW BINARY LOG STATUS"; // MySQL 8.2
    private static final String OLD_STATUS = "SHOW MASTER STATUS"; // gone in MySQL 8.4; all MariaDB versions

    private final SourceServer server;

    public BinlogPositions(SourceServer server) {
        this.server = server;
    }

    /**
     * The end of the binlog. The GTID set is empty unless every transaction of the server has a GTID.
     *
     * @throws ReplicationException SOURCE_SETTING when the binlog is off, SOURCE_ACCESS_DENIED without the privilege
     */
    public SourcePosition current() {
        Status status = status();
        String gtids = server.facts().isMariaDb() ? mariaDbGtids(status.coordinates()) : status.gtidSet();
        return position(status.coordinates(), gtids);
    }

    /**
     * Whether every read view that is opened from now on sees the transactions of the set.
     *
     * @param gtidSet MySQL's
     */
    public boolean sees(String gtidSet) {
        return isTrue("SELECT GTID_SUBSET(?, @@GLOBAL.gtid_executed)", gtidSet);
    }

    /**
     * Where a stream has to start for read views that are opened from now on.
     *
     * <p>MariaDB: the position of a consistent snapshot, exact. MySQL: the executed set holds only transactions whose
     * commit is complete, so a stream that starts by {@code gtidSet} misses nothing; but the coordinates may already
     * include a transaction that is written and not yet visible. A stream that starts by coordinates on MySQL needs each
     * table's writers to be through once before it is copied: {@link ResumeBy#COORDINATES} in the snapshot.
     */
    public SourcePosition start() {
        if (!server.facts().isMariaDb()) {
            return current();
        }
        server.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
        try {
            return snapshotPosition();
        } finally {
            server.execute("ROLLBACK");
        }
    }

    /**
     * MariaDB only: the position at which the consistent snapshot of the session's open transaction was taken, exactly what
     * the snapshot holds.
     */
    public SourcePosition snapshotPosition() {
        String[] place = new String[2];
        server.each(
                "SHOW SESSION STATUS LIKE 'binlog\\_snapshot\\_%'",
                row -> {
                    if (row.getString(1).equalsIgnoreCase("binlog_snapshot_file")) {
                        place[0] = row.getString(2);
                    } else if (row.getString(1).equalsIgnoreCase("binlog_snapshot_position")) {
                        place[1] = row.getString(2);
                    }
                });
        if (place[0] == null || place[0].isEmpty() || place[1] == null) {
            throw binlogOff();
        }
        var coordinates = new BinlogCoordinates(place[0], Long.parseLong(place[1]));
        return position(coordinates, mariaDbGtids(coordinates));
    }

    /**
     * A place in the log between two transactions, with the GTID set that belongs to it.
     *
     * @param later      a place behind it, as {@link #start()} gave it
     * @param gtidsSince of the transactions between the two, MySQL only
     */
    public SourcePosition before(SourcePosition later, BinlogCoordinates at, String gtidsSince) {
        if (server.facts().isMariaDb()) {
            return position(at, mariaDbGtids(at));
        }
        return later.gtidSet().isEmpty()
                ? position(at, "")
                : position(at, server.value("SELECT GTID_SUBTRACT(?, ?)", later.gtidSet(), gtidsSince));
    }

    /** The files that the server still has, oldest first. Empty when the binlog is off. */
    public List<BinlogFile> binlogFiles() {
        if (!server.facts().binlogEnabled()) {
            return List.of();
        }
        return server.list("SHOW BINARY LOGS", row -> new BinlogFile(row.getString(1), row.getLong(2)));
    }

    public boolean isAvailable(SourcePosition position) {
        return availability(position) == Availability.AVAILABLE;
    }

    /** Judges by the GTID set where both sides keep one, else by server and coordinates. */
    public Availability availability(SourcePosition position) {
        boolean sameServer = position.serverUuid().equals(server.facts().serverUuid());
        boolean byGtid =
                !position.gtidSet().isEmpty() && server.facts().gtidMode().isComplete();
        if (byGtid && !server.facts().isMariaDb()) {
            return mySqlGtidAvailability(position.gtidSet());
        }
        if (sameServer) {
            return coordinatesAvailability(position.coordinates());
        }
        return byGtid ? mariaDbGtidAvailability(position.gtidSet()) : Availability.OTHER_HISTORY;
    }

    /** @throws ReplicationException BINLOG_PURGED or SOURCE_CHANGED when a reader cannot resume at the position */
    public void requireAvailable(SourcePosition position) {
        Map<String, Object> where = server.address().where();
        where.put("at", position.coordinates());
        switch (availability(position)) {
            case AVAILABLE -> {
                // Nothing to say.
            }
            case PURGED ->
                throw new ReplicationException(
                        ErrorCode.BINLOG_PURGED,
                        "The server has removed the binlog from which reading has to go on",
                        where,
                        "Raise binlog_expire_logs_seconds on the source, then copy the source again with 'kameleon"
                                + " init_replica --source " + server.address().name() + "'.");
            case OTHER_HISTORY ->
                throw new ReplicationException(
                        ErrorCode.SOURCE_CHANGED,
                        "The read position does not belong to this server's binlog",
                        where,
                        "Point the source at the server that was read before, or copy the source again with 'kameleon"
                                + " init_replica --source " + server.address().name() + "'.");
        }
    }

    private Availability mySqlGtidAvailability(String gtidSet) {
        if (!isTrue("SELECT GTID_SUBSET(?, @@GLOBAL.gtid_executed)", gtidSet)) {
            return Availability.OTHER_HISTORY;
        }
        return isTrue("SELECT GTID_SUBSET(@@GLOBAL.gtid_purged, ?)", gtidSet)
                ? Availability.AVAILABLE
                : Availability.PURGED;
    }

    private Availability mariaDbGtidAvailability(String gtidSet) {
        List<BinlogFile> files = binlogFiles();
        if (files.isEmpty()) {
            return Availability.OTHER_HISTORY;
        }
        MariaDbGtids wanted = MariaDbGtids.parse(gtidSet);
        String current = server.value("SELECT @@GLOBAL.gtid_binlog_pos");
        if (!MariaDbGtids.parse(current == null ? "" : current).reaches(wanted)) {
            return Availability.OTHER_HISTORY;
        }
        String oldest =
                server.value("SELECT BINLOG_GTID_POS(?, 4)", files.get(0).name());
        return wanted.reaches(MariaDbGtids.parse(oldest == null ? "" : oldest))
                ? Availability.AVAILABLE
                : Availability.PURGED;
    }

    private Availability coordinatesAvailability(BinlogCoordinates at) {
        List<BinlogFile> files = binlogFiles();
        for (BinlogFile file : files) {
            if (file.name().equals(at.file())) {
                return at.position() <= file.sizeBytes() ? Availability.AVAILABLE : Availability.OTHER_HISTORY;
            }
        }
        boolean older = !files.isEmpty()
                && at.fileNumber() < new BinlogCoordinates(files.get(0).name(), 4).fileNumber();
        return older ? Availability.PURGED : Availability.OTHER_HISTORY;
    }

    private boolean isTrue(String sql, String parameter) {
        return "1".equals(server.value(sql, parameter));
    }

    private SourcePosition position(BinlogCoordinates coordinates, String gtids) {
        boolean complete = server.facts().gtidMode().isComplete();
        return new SourcePosition(server.facts().serverUuid(), coordinates, complete ? gtids : "");
    }

    private String mariaDbGtids(BinlogCoordinates at) {
        String gtids = server.value("SELECT BINLOG_GTID_POS('" + at.file() + "', " + at.position() + ")");
        return gtids == null ? "" : gtids;
    }

    private Status status() {
        boolean newFirst = server.facts().isMySql(8, 2, 0);
        String first = newFirst ? NEW_STATUS : OLD_STATUS;
        try {
            return status(first);
        } catch (SQLException e) {
            if (!SourceErrors.isSyntaxError(e)) {
                throw server.failure(e, first);
            }
        }
        String second = newFirst ? OLD_STATUS : NEW_STATUS;
        try {
            return status(second);
        } catch (SQLException e) {
            throw server.failure(e, second);
        }
    }

    private Status status(String statement) throws SQLException {
        var found = new ArrayList<Status>(1);
        server.eachRow(statement, row -> {
            boolean hasGtids = row.getMetaData().getColumnCount() >= 5;
            String gtids = hasGtids ? row.getString(5) : "";
            found.add(new Status(
                    new BinlogCoordinates(row.getString(1), row.getLong(2)),
                    gtids == null ? "" : gtids.replace("\n", "")));
        });
        if (found.isEmpty()) {
            throw binlogOff();
        }
        return found.get(0);
    }

    private ReplicationException binlogOff() {
        return new ReplicationException(
                ErrorCode.SOURCE_SETTING,
                "The server writes no binlog",
                server.address().where(),
                "Put 'log_bin = binlog' into the [mysqld] section of its configuration and restart the server.");
    }

    private record Status(BinlogCoordinates coordinates, String gtidSet) {}
}
