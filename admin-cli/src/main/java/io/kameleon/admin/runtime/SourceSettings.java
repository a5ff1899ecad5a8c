package io.kameleon.admin.runtime;

import io.kameleon.catalogue.config.KameleonConfig;
import io.kameleon.catalogue.config.SourceConfig;
import io.kameleon.catalogue.config.SourceConfig.Positioning;
import io.kameleon.catalogue.config.TableFilter;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.reader.publish.ReaderSettings;
import io.kameleon.reader.server.SourceAddress;
import io.kameleon.reader.service.ReaderSetup;
import io.kameleon.reader.snapshot.RangeSize;
import io.kameleon.replay.consume.ReplaySettings;
import io.kameleon.replay.row.ValuePolicy;
import io.kameleon.replay.service.ReplaySetup;
import io.kameleon.replay.type.TypeMapping;
import io.kameleon.schemas.row.ZeroDateForm;
import io.kameleon.schemas.wire.TopicLayout;
import java.util.Map;

/** One source of the configuration, as the commands hand it to reader, replay and copy. */
public final class SourceSettings {
    private final KameleonConfig config;
    private final SourceConfig source;
    private final TableFilter filter;

    /** @param mappings origin to destination schema, as the catalogue has them */
    public SourceSettings(KameleonConfig config, SourceConfig source, Map<String, String> mappings) {
        this.config = config;
        this.source = source;
        this.filter = TableFilter.of(source, mappings);
    }

    /** With the mappings of the file, where there is no catalogue to ask. */
    public SourceSettings(KameleonConfig config, SourceConfig source) {
        this(config, source, source.schemaMappings());
    }

    /** The same with the mappings that the catalogue has now. */
    public SourceSettings withMappings(Map<String, String> mappings) {
        return new SourceSettings(config, source, mappings);
    }

    public SourceConfig source() {
        return source;
    }

    public TableFilter filter() {
        return filter;
    }

    public TopicLayout topics() {
        return new TopicLayout(config.kafka().topicPrefix());
    }

    public SourceAddress address() {
        return ReaderSetup.address(source);
    }

    public TypeMapping types() {
        return ReplaySetup.types(config, source);
    }

    /** What becomes of values that PostgreSQL cannot hold as they are. */
    public ValuePolicy values() {
        return ReplaySetup.values(source);
    }

    public ZeroDateForm zeroDates() {
        return ReaderSetup.zeroDates(source);
    }

    /** What {@code copy_max_memory} leaves to each of the ranges that are loaded at a time. */
    public RangeSize rangeSize() {
        RangeSize most = RangeSize.DEFAULT;
        return new RangeSize(
                most.rows(), Math.max(1, Math.min(most.bytes(), source.copyMaxMemory() / source.copyThreads())));
    }

    public boolean byGtid() {
        return source.positioning() == Positioning.GTID;
    }

    public ReaderSettings reader(KafkaAccess kafka) {
        return ReaderSetup.settings(config, source, filter, kafka.transport());
    }

    public ReplaySettings replay(KafkaAccess kafka, Catalogue catalogue) {
        return ReplaySetup.settings(config, source, filter, catalogue.connections(), kafka.transport());
    }
}
