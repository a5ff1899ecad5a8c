package io.kameleon.catalogue.store;

import static java.util.Objects.requireNonNull;

import io.kameleon.catalogue.config.SourceConfig.SourceKind;
import java.time.Instant;
import java.util.Optional;

/**
 * A source as the catalogue knows it.
 *
 * @param serverUuid        the server that the binlog coordinates belong to, as in
 *                          {@link io.kameleon.schemas.position.SourcePosition}; empty until the first initial copy
 * @param desiredState      what the operator asked for; whether it runs is in the leases
 * @param desiredAt         when that was asked for last, by the database's clock
 * @param configFingerprint {@link ConfigFingerprint} of the configuration that the catalogue was last brought in line with
 * @param initialisedAt     end of the last whole initial copy
 */
public record ReplicaSource(
        String name,
        SourceKind kind,
        String serverUuid,
        Status status,
        DesiredState desiredState,
        Instant desiredAt,
        String configFingerprint,
        Instant addedAt,
        Optional<Instant> initialisedAt) {
    public ReplicaSource {
        requireNonNull(name, "name");
        requireNonNull(kind, "kind");
        requireNonNull(serverUuid, "serverUuid");
        requireNonNull(status, "status");
        requireNonNull(desiredState, "desiredState");
        requireNonNull(desiredAt, "desiredAt");
        requireNonNull(configFingerprint, "configFingerprint");
        requireNonNull(addedAt, "addedAt");
        requireNonNull(initialisedAt, "initialisedAt");
    }

    /** How far the source's data is; never says whether a process runs. */
    public enum Status {
        /** Known, nothing copied. */
        ADDED,
        /** An initial copy of the whole source is under way, or was cut off. */
        INITIALISING,
        /** Copied; the stream can run. */
        INITIALISED,
        /** Some tables or a schema are being copied again. */
        SYNCING,
        /** Cut loose: the destination is a database of its own. */
        DETACHED
    }

    /** What the operator asked for. */
    public enum DesiredState {
        RUNNING,
        STOPPED
    }
}
