package io.kameleon.catalogue.config;

import static java.util.Objects.requireNonNull;

import io.kameleon.schemas.table.TableId;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One entry of {@code sources}, complete with its defaults.
 *
 * @param schemaMappings   origin to destination schema, in the file's order; no destination stands twice
 * @param limitTables      see {@link TableFilter}
 * @param lockTimeout      longest wait for a lock in PostgreSQL when tables are swapped in; zero waits for ever
 * @param serverId         1 to 4294967295, unique among the replicas of the server
 * @param replicaBatchSize rows that the reader publishes at most before it commits
 * @param replayMaxRows    rows that replay applies at most in one PostgreSQL transaction, unless a transaction of the source
 *                         holds more; empty when replay decides by the batch's tables
 * @param replayLanes      connections that apply a batch, its tables dealt out to them
 * @param batchRetention   how long the source's topic keeps row images
 * @param copyMaxMemory    bytes that the initial copy may buffer, over all its connections
 * @param copyThreads      tables or ranges that the initial copy loads at a time
 * @param sleepLoop        wait between attempts while a server is away
 * @param autoMaintenance  time between two maintenance runs; empty when switched off
 * @param netReadTimeout   MySQL's {@code net_read_timeout} for our sessions
 * @param fillfactors      where several match a table, the last one holds
 * @param typeProfile      the source's own, or the one at the top
 */
public record SourceConfig(
        String name,
        SourceKind kind,
        DbConnConfig dbConn,
        Map<String, String> schemaMappings,
        List<TablePattern> limitTables,
        List<TablePattern> skipTables,
        List<String> grantSelectTo,
        Duration lockTimeout,
        long serverId,
        int replicaBatchSize,
        Optional<Integer> replayMaxRows,
        int replayLanes,
        Duration batchRetention,
        long copyMaxMemory,
        int copyThreads,
        Duration sleepLoop,
        OnReplayError onErrorReplay,
        AutoResync autoResync,
        OnError onErrorRead,
        Optional<Duration> autoMaintenance,
        Positioning positioning,
        SkipEvents skipEvents,
        ExistingSchema existingSchema,
        Duration netReadTimeout,
        List<FillfactorRule> fillfactors,
        TypeProfile typeProfile,
        ZeroDates zeroDates,
        NulCharacters nulCharacters) {
    /** Stands for a number that Kameleon chooses by itself. */
    static final String AUTO = "auto";

    public SourceConfig {
        requireNonNull(name, "name");
        requireNonNull(kind, "kind");
        requireNonNull(dbConn, "dbConn");
        schemaMappings = Collections.unmodifiableMap(new LinkedHashMap<>(schemaMappings));
        limitTables = List.copyOf(limitTables);
        skipTables = List.copyOf(skipTables);
        grantSelectTo = List.copyOf(grantSelectTo);
        requireNonNull(lockTimeout, "lockTimeout");
        requireNonNull(batchRetention, "batchRetention");
        requireNonNull(sleepLoop, "sleepLoop");
        requireNonNull(onErrorReplay, "onErrorReplay");
        requireNonNull(autoResync, "autoResync");
        requireNonNull(onErrorRead, "onErrorRead");
        requireNonNull(autoMaintenance, "autoMaintenance");
        requireNonNull(positioning, "positioning");
        requireNonNull(skipEvents, "skipEvents");
        requireNonNull(existingSchema, "existingSchema");
        requireNonNull(netReadTimeout, "netReadTimeout");
        fillfactors = List.copyOf(fillfactors);
        requireNonNull(typeProfile, "typeProfile");
        requireNonNull(zeroDates, "zeroDates");
        requireNonNull(nulCharacters, "nulCharacters");
    }

    /** The fill factor in percent of a table of the origin; empty leaves PostgreSQL's default. */
    public OptionalInt fillfactor(TableId table) {
        return fillfactors.stream()
                .filter(rule -> rule.appliesTo(table))
                .mapToInt(FillfactorRule::percent)
                .reduce((earlier, later) -> later);
    }

    /** What a source server is; the reader finds out the exact flavour and version by itself. */
    public enum SourceKind {
        MYSQL,
        MARIADB
    }

    /** What the reader does when the server goes away. */
    public enum OnError {
        /** It waits for the server to come back. */
        CONTINUE,
        /** The source stops with the error. */
        EXIT
    }

    /** What replay does about a row or a table that PostgreSQL refuses. */
    public enum OnReplayError {
        /** The row is set aside, or the table disabled, and the others go on. */
        CONTINUE,
        /** The source stops with the error. */
        EXIT,
        /** As CONTINUE, and the table is copied again. */
        RESYNC
    }

    /** Whether a table is copied again by itself after a statement whose effect on its rows only the source knows. */
    public enum AutoResync {
        /** It is, while the others stream on. */
        ON,
        /** It stays disabled until an operator asks for it. */
        OFF
    }

    /** How the reader finds its place in the source's binlog. */
    public enum Positioning {
        /** By GTID where the server keeps GTIDs, else by coordinates. */
        GTID,
        /** By file and position, even where the server keeps GTIDs. */
        COORDINATES
    }

    /** A complete set of default types. */
    public enum TypeProfile {
        /** Every value of the source fits, with its meaning. */
        LOSSLESS,
        /** pg_chameleon's types; values that do not fit are refused. */
        PG_CHAMELEON
    }

    /** What a zero or partial date becomes: {@code 0000-00-00}, {@code 2026-00-00}. */
    public enum ZeroDates {
        /** Null; {@code -infinity} where the column is NOT NULL. */
        NULL,
        /** {@code -infinity}. */
        INFINITY,
        /** The row is refused. */
        ERROR
    }

    /** What becomes of NUL characters in texts, which PostgreSQL cannot hold. */
    public enum NulCharacters {
        STRIP,
        /** U+FFFD. */
        REPLACE,
        /** The row is refused. */
        ERROR
    }

    /** What an initial copy does with tables that are in the destination already. */
    public enum ExistingSchema {
        /** They are built anew in a loading schema and swapped in. */
        RECREATE,
        /** They are kept with all that hangs on them, emptied and loaded. */
        KEEP
    }
}
