package io.kameleon.catalogue.store;

import static io.kameleon.catalogue.store.Catalogue.SCHEMA;

import io.kameleon.catalogue.store.Lease.Liveness;
import io.kameleon.catalogue.store.Lease.Owner;
import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Leases on the roles of a source: state from facts, so that a crash leaves nothing behind that says "running".
 *
 * <p>Expiry is judged by the database's clock alone. A lease tells who works; what keeps a stale worker from harm is Kafka's
 * transactional id and {@link ReplayPositionStore#advance}. Thread-safe; a connection is used by one thread at a time.
 */
public final class LeaseStore {
    private static final String TABLE = SCHEMA + ".lease";
    private static final String COLUMNS = "*, expires_at > clock_timestamp() AS live";

    /**
     * Takes the role, or renews it when the owner has it already. Commit at once: others wait for the transaction's end.
     *
     * @param detail JSON object
     * @throws ReplicationException ALREADY_RUNNING while another owner's lease holds
     */
    public Lease acquire(
            Connection connection, String source, Role role, Owner owner, Duration timeToLive, String detail)
            throws SQLException {
        return Sql.first(
                        connection,
                        LeaseStore::read,
                        "INSERT INTO " + TABLE + " AS l (source_name, role, owner, host, pid, started_at, renewed_at,"
                                + " expires_at, detail) VALUES (?, ?, ?, ?, ?, clock_timestamp(), clock_timestamp(),"
                                + " clock_timestamp() + ? * interval '1 millisecond', ?::jsonb)"
                                + " ON CONFLICT (source_name, role) DO UPDATE SET owner = EXCLUDED.owner,"
                                + " host = EXCLUDED.host, pid = EXCLUDED.pid, started_at = CASE WHEN l.owner ="
                                + " EXCLUDED.owner THEN l.started_at ELSE EXCLUDED.started_at END,"
                                + " renewed_at = clock_timestamp(),"
                                + " expires_at = clock_timestamp() + ? * interval '1 millisecond',"
                                + " detail = EXCLUDED.detail"
                                + " WHERE l.owner = EXCLUDED.owner OR l.expires_at <= clock_timestamp()"
                                + " RETURNING " + COLUMNS,
                        source,
                        text(role),
                        owner.id(),
                        owner.host(),
                        owner.pid(),
                        timeToLive.toMillis(),
                        detail,
                        timeToLive.toMillis())
                .orElseThrow(() -> taken(source, role, holder(connection, source, role)));
    }

    /**
     * Makes the lease last {@code timeToLive} from now. A lease that has expired is renewed too as long as nobody else has
     * taken it.
     *
     * @param detail JSON object
     * @throws ReplicationException WRITER_FENCED when somebody else has the role or it was released
     */
    public void renew(Connection connection, String source, Role role, Owner owner, Duration timeToLive, String detail)
            throws SQLException {
        int written = Sql.update(
                connection,
                "UPDATE " + TABLE + " SET renewed_at = clock_timestamp(),"
                        + " expires_at = clock_timestamp() + ? * interval '1 millisecond', detail = ?::jsonb"
                        + " WHERE source_name = ? AND role = ? AND owner = ?",
                timeToLive.toMillis(),
                detail,
                source,
                text(role),
                owner.id());
        if (written == 0) {
            throw new ReplicationException(
                    ErrorCode.WRITER_FENCED,
                    "The lease of the " + text(role) + " is lost",
                    Map.of("source", source),
                    "Another process has taken over, or the source was dropped; this one stops.");
        }
    }

    /** Gives the role up; nothing happens when the owner does not have it any more. */
    public void release(Connection connection, String source, Role role, Owner owner) throws SQLException {
        Sql.update(
                connection,
                "DELETE FROM " + TABLE + " WHERE source_name = ? AND role = ? AND owner = ?",
                source,
                text(role),
                owner.id());
    }

    /** Takes all roles of the source from whoever has them: those processes stop at their next renewal. */
    public void revoke(Connection connection, String source) throws SQLException {
        Sql.update(connection, "DELETE FROM " + TABLE + " WHERE source_name = ?", source);
    }

    /** Forgets processes that have ended without giving their leases back. */
    public void releaseDead(Connection connection, String source) throws SQLException {
        for (Lease lease : list(connection)) {
            if (lease.source().equals(source) && !Leases.isLive(lease)) {
                release(connection, source, lease.role(), lease.owner());
            }
        }
    }

    public Optional<Lease> find(Connection connection, String source, Role role) throws SQLException {
        return Sql.first(
                connection,
                LeaseStore::read,
                "SELECT " + COLUMNS + " FROM " + TABLE + " WHERE source_name = ? AND role = ?",
                source,
                text(role));
    }

    /** All leases, live and expired, by source and role. */
    public List<Lease> list(Connection connection) throws SQLException {
        return Sql.list(
                connection, LeaseStore::read, "SELECT " + COLUMNS + " FROM " + TABLE + " ORDER BY source_name, role");
    }

    private Optional<Lease> holder(Connection connection, String source, Role role) {
        try {
            return find(connection, source, role);
        } catch (SQLException e) {
            throw PgErrors.translate(e, "The lease cannot be read", Map.of("source", source));
        }
    }

    private static ReplicationException taken(String source, Role role, Optional<Lease> holder) {
        var where = new LinkedHashMap<String, Object>();
        where.put("source", source);
        holder.ifPresent(lease -> {
            where.put("host", lease.owner().host());
            where.put("pid", lease.owner().pid());
            where.put("since", lease.startedAt());
        });
        return new ReplicationException(
                ErrorCode.ALREADY_RUNNING,
                "The " + text(role) + " of the source is running already",
                where,
                "Stop it with 'kameleon stop_replica --source " + source
                        + "'; after a crash its lease runs out by itself within seconds.");
    }

    private static Lease read(ResultSet row) throws SQLException {
        return new Lease(
                row.getString("source_name"),
                Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                new Owner(row.getString("owner"), row.getString("host"), row.getLong("pid")),
                Sql.instant(row, "started_at").orElseThrow(),
                Sql.instant(row, "renewed_at").orElseThrow(),
                Sql.instant(row, "expires_at").orElseThrow(),
                row.getBoolean("live") ? Liveness.LIVE : Liveness.EXPIRED,
                row.getString("detail"));
    }

    private static String text(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
