package io.kameleon.catalogue.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Who reads or replays a source, for as long as it is renewed. All times are by the database's clock.
 *
 * @param liveness whether the lease still held when it was read from the database
 * @param detail   JSON object of what the owner says about itself
 */
public record Lease(
        String source,
        Role role,
        Owner owner,
        Instant startedAt,
        Instant renewedAt,
        Instant expiresAt,
        Liveness liveness,
        String detail) {
    public Lease {
        requireNonNull(source, "source");
        requireNonNull(role, "role");
        requireNonNull(owner, "owner");
        requireNonNull(startedAt, "startedAt");
        requireNonNull(renewedAt, "renewedAt");
        requireNonNull(expiresAt, "expiresAt");
        requireNonNull(liveness, "liveness");
        requireNonNull(detail, "detail");
    }

    /** What the lease gives the right to do. */
    public enum Role {
        READER,
        REPLAY,
        /** Copies single tables again. */
        RESYNC,
        /** Makes an initial copy. */
        COPY
    }

    /** Whether a lease holds. */
    public enum Liveness {
        LIVE,
        EXPIRED
    }

    /**
     * A process.
     *
     * @param id unique to one start of one process, a random UUID
     */
    public record Owner(String id, String host, long pid) {
        public Owner {
            requireNonNull(id, "id");
            requireNonNull(host, "host");
        }
    }
}
