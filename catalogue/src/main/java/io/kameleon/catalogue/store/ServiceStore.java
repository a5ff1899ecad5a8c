package io.kameleon.catalogue.store;

import static io.kameleon.catalogue.store.Catalogue.SCHEMA;

import io.kameleon.catalogue.store.Lease.Owner;
import io.kameleon.catalogue.store.Lease.Role;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Services that stand by for sources, for as long as they renew their rows. Expiry is judged by the database's clock. Thread-safe; a
 * connection is used by one thread at a time.
 */
public final class ServiceStore {
    private static final String TABLE = SCHEMA + ".service";

    /** A process that works for whichever of its sources it gets the lease of. */
    public record Service(Owner owner, Role role) {
        /** Whether the lease is this process's. */
        public boolean holds(Lease lease) {
            return lease.role() == role
                    && lease.owner().host().equals(owner.host())
                    && lease.owner().pid() == owner.pid();
        }
    }

    /** Says that the service is there for {@code timeToLive} from now; forgets those that have long ended. */
    public void renew(Connection connection, Service service, Collection<String> sources, Duration timeToLive)
            throws SQLException {
        Sql.update(connection, "DELETE FROM " + TABLE + " WHERE expires_at < clock_timestamp() - interval '1 hour'");
        Sql.update(
                connection,
                "INSERT INTO " + TABLE + " (id, role, host, pid, sources, expires_at)"
                        + " VALUES (?, ?, ?, ?, ?, clock_timestamp() + ? * interval '1 millisecond')"
                        + " ON CONFLICT (id) DO UPDATE SET expires_at = EXCLUDED.expires_at",
                service.owner().id(),
                service.role().name().toLowerCase(Locale.ROOT),
                service.owner().host(),
                service.owner().pid(),
                connection.createArrayOf("text", sources.toArray()),
                timeToLive.toMillis());
    }

    public void remove(Connection connection, Service service) throws SQLException {
        Sql.update(
                connection,
                "DELETE FROM " + TABLE + " WHERE id = ?",
                service.owner().id());
    }

    /** Those that stand by for the source now. */
    public List<Service> live(Connection connection, String source) throws SQLException {
        return Sql.list(
                connection,
                ServiceStore::read,
                "SELECT * FROM " + TABLE
                        + " WHERE ? = ANY (sources) AND expires_at > clock_timestamp() ORDER BY role, host, pid",
                source);
    }

    private static Service read(ResultSet row) throws SQLException {
        return new Service(
                new Owner(row.getString("id"), row.getString("host"), row.getLong("pid")),
                Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)));
    }
}
