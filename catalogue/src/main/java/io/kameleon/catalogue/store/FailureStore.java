package io.kameleon.catalogue.store;

import static io.kameleon.catalogue.store.Catalogue.SCHEMA;

import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.schemas.error.ErrorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Why the sides of a source ended by themselves, each side for itself: one that starts again does not hide the other's end. In the
 * caller's transaction. Thread-safe; a connection is used by one thread at a time.
 */
public final class FailureStore {
    private static final String TABLE = SCHEMA + ".failure";

    /** @param reason holds no column value and no secret */
    public void record(Connection connection, String source, Role role, ErrorCode code, String reason)
            throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO " + TABLE + " (source_name, role, code, reason) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (source_name, role) DO UPDATE SET code = EXCLUDED.code,"
                        + " reason = EXCLUDED.reason, failed_at = EXCLUDED.failed_at",
                source,
                text(role),
                code.name(),
                PgText.clean(reason));
    }

    public void clear(Connection connection, String source, Collection<Role> roles) throws SQLException {
        Sql.update(
                connection,
                "DELETE FROM " + TABLE + " WHERE source_name = ? AND role = ANY (?)",
                source,
                roles.stream().map(FailureStore::text).toArray(String[]::new));
    }

    /** By role; empty when no side ended by itself. */
    public List<SideFailure> list(Connection connection, String source) throws SQLException {
        return Sql.list(
                connection,
                row -> new SideFailure(
                        Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                        row.getString("code"),
                        row.getString("reason"),
                        Sql.instant(row, "failed_at").orElseThrow()),
                "SELECT * FROM " + TABLE + " WHERE source_name = ? ORDER BY role",
                source);
    }

    /** Whose side of that role ended by itself. */
    public Set<String> sources(Connection connection, Role role) throws SQLException {
        return Set.copyOf(Sql.list(
                connection,
                row -> row.getString("source_name"),
                "SELECT source_name FROM " + TABLE + " WHERE role = ?",
                text(role)));
    }

    private static String text(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
