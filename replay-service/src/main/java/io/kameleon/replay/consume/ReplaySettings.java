package io.kameleon.replay.consume;

import static java.util.Objects.requireNonNull;

import io.kameleon.catalogue.config.SkipEvents;
import io.kameleon.catalogue.config.SourceConfig.AutoResync;
import io.kameleon.catalogue.config.SourceConfig.OnReplayError;
import io.kameleon.catalogue.config.TableFilter;
import io.kameleon.catalogue.store.PgConnections;
import io.kameleon.replay.row.ValuePolicy;
import io.kameleon.replay.type.TypeMapping;
import io.kameleon.schemas.registry.SchemaIds;
import io.kameleon.schemas.table.TableId;
import io.kameleon.schemas.wire.TopicLayout;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What one source's replay works with.
 *
 * @param rowsMax     {@code replay_max_rows}; empty for {@code auto}
 * @param lanes       {@code replay_lanes}: connections that apply a batch, from 1 on
 * @param bytesMax    row images in memory: half of it is gathered, then written into the open PostgreSQL transaction while the
 *                    next half is gathered
 * @param retryWait   {@code sleep_loop}
 * @param onError     {@code on_error_replay}
 * @param autoResync  {@code auto_resync}
 * @param fillfactors percent per table of the source; empty for PostgreSQL's default
 */
public record ReplaySettings(
        String source,
        PgConnections destination,
        TableFilter filter,
        SkipEvents skipEvents,
        TypeMapping types,
        ValuePolicy values,
        Function<TableId, OptionalInt> fillfactors,
        Map<String, Object> kafka,
        TopicLayout topics,
        SchemaIds schemaIds,
        OptionalInt rowsMax,
        int lanes,
        long bytesMax,
        Duration retryWait,
        OnReplayError onError,
        AutoResync autoResync) {
    public static final long BYTES_MAX_DEFAULT = 32L << 20;

    private static final int ROWS_MAX_AUTO = 10_000;
    /** A statement writes the rows of one table: with fewer, most of its time is not spent on them. */
    private static final int TABLE_ROWS_AUTO = 100;

    public ReplaySettings {
        requireNonNull(source, "source");
        requireNonNull(destination, "destination");
        requireNonNull(filter, "filter");
        requireNonNull(values, "values");
        requireNonNull(rowsMax, "rowsMax");
        kafka = Map.copyOf(kafka);
        requireNonNull(onError, "onError");
        requireNonNull(autoResync, "autoResync");
    }

    /** Source rows after which a batch that has rows of so many tables is cut, at the next end of a source transaction. */
    int rowsMax(int tables) {
        return rowsMax.orElse(Math.max(ROWS_MAX_AUTO, tables * TABLE_ROWS_AUTO));
    }

    /** The same with other mappings. */
    ReplaySettings withMappings(Map<String, String> mappings) {
        return new ReplaySettings(
                source,
                destination,
                filter.withMappings(mappings),
                skipEvents,
                types,
                values,
                fillfactors,
                kafka,
                topics,
                schemaIds,
                rowsMax,
                lanes,
                bytesMax,
                retryWait,
                onError,
                autoResync);
    }

    public String topic() {
        return topics.rows(source);
    }
}
