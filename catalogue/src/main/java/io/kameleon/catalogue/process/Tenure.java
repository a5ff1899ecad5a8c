package io.kameleon.catalogue.process;

import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.catalogue.store.FailureStore;
import io.kameleon.catalogue.store.Lease.Role;
import io.kameleon.catalogue.store.Leases;
import io.kameleon.catalogue.store.ReplicaSource;
import io.kameleon.catalogue.store.ReplicaSource.Status;
import io.kameleon.catalogue.store.SourceStore;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process at work for one source, as the catalogue shows it: the leases while it works, the reason when it ends by an error.
 * Thread-safe.
 */
public final class Tenure implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tenure.class);

    private final Catalogue catalogue;
    private final String source;
    private final Leases leases;

    private Tenure(Catalogue catalogue, String source, Leases leases) {
        this.catalogue = catalogue;
        this.source = source;
        this.leases = leases;
    }

    /**
     * Takes the roles, and clears the reasons of their earlier ends.
     *
     * @param lost told, on another thread, when another process has taken a role over
     * @throws ReplicationException WRONG_STATE before the source was initialised, SOURCE_UNKNOWN, ALREADY_RUNNING while another
     *     process has one of the roles, DESTINATION_UNREACHABLE (retry)
     */
    public static Tenure take(
            Catalogue catalogue, String source, List<Role> roles, Consumer<ReplicationException> lost) {
        requireInitialised(catalogue, source);
        Leases leases = Leases.take(catalogue, source, roles, lost);
        try {
            catalogue.inTransaction(connection -> {
                new FailureStore().clear(connection, source, roles);
                return null;
            });
            return new Tenure(catalogue, source, leases);
        } catch (RuntimeException e) {
            leases.close();
            throw e;
        }
    }

    /** @throws ReplicationException WRONG_STATE, SOURCE_UNKNOWN when it was not added */
    public static void requireInitialised(Catalogue catalogue, String source) {
        ReplicaSource registered = catalogue.read(connection -> new SourceStore().get(connection, source));
        requireAttached(registered);
        if (registered.initialisedAt().isEmpty() || registered.status() == Status.INITIALISING) {
            throw new ReplicationException(
                    ErrorCode.WRONG_STATE,
                    registered.status() == Status.INITIALISING
                            ? "The initial copy of the source did not end"
                            : "The source was not copied yet",
                    Map.of("source", source),
                    "Run 'kameleon init_replica --source " + source + "'.");
        }
    }

    /** @throws ReplicationException WRONG_STATE when the source was cut loose */
    public static void requireAttached(ReplicaSource source) {
        if (source.status() == Status.DETACHED) {
            throw new ReplicationException(
                    ErrorCode.WRONG_STATE,
                    "The source is being detached: its schemas in PostgreSQL are on their own",
                    Map.of("source", source.name()),
                    "End it with 'kameleon detach_replica --source " + source.name() + "'.");
        }
    }

    /** Origin to destination schema, as they hold now. */
    public static Map<String, String> mappings(Catalogue catalogue, String source) {
        return catalogue.read(connection -> new SourceStore().mappings(connection, source));
    }

    /** Writes down why a side's work ended; a warning in the log when the catalogue cannot be reached. */
    public void recordFailure(Role role, RuntimeException cause) {
        boolean known = cause instanceof ReplicationException;
        ErrorCode code = known ? ((ReplicationException) cause).code() : ErrorCode.INTERNAL;
        String reason = known
                ? cause.getMessage()
                : code + ": A fault of the program: " + cause.getClass().getSimpleName() + ". Report it with the log.";
        try {
            catalogue.inTransaction(connection -> {
                new FailureStore().record(connection, source, role, code, reason);
                return null;
            });
        } catch (ReplicationException e) {
            LOG.warn("The reason is not in the catalogue source={} cause=\"{}\"", source, e.getMessage());
        }
    }

    /** Gives the roles back. */
    @Override
    public void close() {
        leases.close();
    }
}
