package io.kameleon.catalogue.store;

import static java.util.Objects.requireNonNull;

import io.kameleon.catalogue.store.Lease.Role;
import java.time.Instant;

/**
 * Why the last run of one side of a source ended by itself.
 *
 * @param role   READER or REPLAY
 * @param code   name of an {@link io.kameleon.schemas.error.ErrorCode}
 * @param reason the message that the operator saw
 */
public record SideFailure(Role role, String code, String reason, Instant at) {
    public SideFailure {
        requireNonNull(role, "role");
        requireNonNull(code, "code");
        requireNonNull(reason, "reason");
        requireNonNull(at, "at");
    }
}
