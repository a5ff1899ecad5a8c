package io.kameleon.admin.monitor.stats;

import io.kameleon.schemas.record.ProgressRecord;
import io.kameleon.schemas.record.TableCountRecord;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Folds progress records into three stores: per source, per table, and per source and minute. Records come by source, so that all
 * of a source is in one place and nothing is sent around again.
 */
public final class StatsTopology {
    static final String SOURCES = "sources";
    static final String TABLES = "tables";
    static final String MINUTES = "minutes";
    /** How long minutes are kept. */
    static final Duration MINUTES_KEPT = Duration.ofHours(24);

    private StatsTopology() {}

    public static Topology of(String progressTopic, Serde<ProgressRecord> records) {
        var builder = new StreamsBuilder();
        builder.stream(progressTopic, Consumed.with(Serdes.String(), records)).process(new FoldSupplier());
        return builder.build();
    }

    /** Between source, schema and table in a key: part of no name. */
    static String tableKey(String source, String schema, String table) {
        return source + '\0' + schema + '\0' + table;
    }

    private static final class FoldSupplier implements ProcessorSupplier<String, ProgressRecord, Void, Void> {
        @Override
        public Processor<String, ProgressRecord, Void, Void> get() {
            return new Fold();
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(
                    Stores.keyValueStoreBuilder(
                            Stores.persistentKeyValueStore(SOURCES), Serdes.String(), JsonSerde.of(SourceStats.class)),
                    Stores.keyValueStoreBuilder(
                            Stores.persistentKeyValueStore(TABLES), Serdes.String(), JsonSerde.of(TableStats.class)),
                    Stores.windowStoreBuilder(
                            Stores.persistentWindowStore(
                                    MINUTES, MINUTES_KEPT, Duration.ofMillis(MinuteStats.MILLIS), false),
                            Serdes.String(),
                            JsonSerde.of(MinuteStats.class)));
        }
    }

    private static final class Fold implements Processor<String, ProgressRecord, Void, Void> {
        private KeyValueStore<String, SourceStats> sources;
        private KeyValueStore<String, TableStats> tables;
        private WindowStore<String, MinuteStats> minutes;

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            sources = context.getStateStore(SOURCES);
            tables = context.getStateStore(TABLES);
            minutes = context.getStateStore(MINUTES);
        }

        @Override
        public void process(Record<String, ProgressRecord> record) {
            ProgressRecord told = record.value();
            if (told == null) {
                return;
            }
            String source = told.getSource();
            SourceStats known = sources.get(source);
            sources.put(source, (known == null ? SourceStats.none(source) : known).plus(told));
            for (TableCountRecord count : told.getTables()) {
                String key = tableKey(source, count.getDb(), count.getTable());
                TableStats table = tables.get(key);
                table = table == null ? TableStats.none(source, count.getDb(), count.getTable()) : table;
                tables.put(key, table.plus(told, count));
            }
            long minute = Math.floorDiv(told.getTsMs(), MinuteStats.MILLIS) * MinuteStats.MILLIS;
            MinuteStats during = minutes.fetch(source, minute);
            minutes.put(source, (during == null ? MinuteStats.none(minute) : during).plus(told), minute);
        }
    }
}
