package io.kameleon.admin.runtime;

import io.kameleon.catalogue.config.DbConnConfig;
import io.kameleon.catalogue.config.KameleonConfig;
import io.kameleon.catalogue.config.SourceConfig;
import io.kameleon.catalogue.config.SourceConfig.OnError;
import io.kameleon.catalogue.config.SourceConfig.Positioning;
import io.kameleon.catalogue.config.TableFilter;
import io.kameleon.catalogue.config.TablePattern;
import io.kameleon.catalogue.store.Catalogue;
import io.kameleon.reader.publish.ReadLimits;
import io.kameleon.reader.publish.ReaderSettings;
import io.kameleon.reader.server.SourceAddress;
import io.kameleon.reader.server.SourceTls;
import io.kameleon.replay.consume.ReplaySettings;
import io.kameleon.replay.type.TypeMapping;
import io.kameleon.replay.type.TypeOverride;
import io.kameleon.schemas.wire.TopicLayout;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** From the configuration of one source to what reader, replay and copy work with. */
public final class SourceSettings {
    private static final Duration FLUSH_INTERVAL = Duration.ofMillis(100);

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

    public SourceConfig source() {
        return source;
    }

    public TableFilter filter() {
        return filter;
    }

    public TopicLayout topics() {
        return new TopicLayout(config.kafka().topicPrefix());
    }

    public short topicReplicas() {
        return config.kafka().replicationFactor();
    }

    public SourceAddress address() {
        DbConnConfig db = source.dbConn();
        return new SourceAddress(
                source.name(),
                db.host(),
                db.port(),
                db.user(),
                () -> db.password().reveal().toCharArray(),
                db.connectTimeout(),
                source.netReadTimeout(),
                tls(db));
    }

    private static SourceTls tls(DbConnConfig db) {
        SourceTls.Mode mode =
                switch (db.sslMode()) {
                    case DISABLED, PREFERRED -> SourceTls.Mode.DISABLED;
                    case REQUIRED -> SourceTls.Mode.REQUIRED;
                    case VERIFY_CA -> SourceTls.Mode.VERIFY_CA;
                    case VERIFY_IDENTITY -> SourceTls.Mode.VERIFY_IDENTITY;
                };
        SourceTls tls = SourceTls.of(mode);
        return db.sslCa().isPresent() ? tls.withServerCertificate(db.sslCa().get()) : tls;
    }

    public TypeMapping types() {
        List<TypeOverride> overrides = config.global().typeOverrides().stream()
                .map(o -> new TypeOverride(
                        o.columnType(),
                        o.overrideTo(),
                        o.tables().isEmpty()
                                ? List.of("*")
                                : o.tables().stream().map(TablePattern::text).toList()))
                .toList();
        return new TypeMapping(TypeMapping.Profile.LOSSLESS, overrides);
    }

    public boolean byGtid() {
        return source.positioning() == Positioning.GTID;
    }

    public ReaderSettings reader(KafkaAccess kafka) {
        return new ReaderSettings(
                source.name(),
                address(),
                source.serverId(),
                filter.mappings().keySet(),
                filter::includes,
                byGtid(),
                kafka.properties(),
                topics(),
                topicReplicas(),
                source.batchRetention(),
                kafka.schemaIds(),
                new ReadLimits(source.replicaBatchSize(), FLUSH_INTERVAL),
                source.sleepLoop(),
                source.onErrorRead() == OnError.EXIT,
                Clock.systemUTC());
    }

    public ReplaySettings replay(KafkaAccess kafka, Catalogue catalogue) {
        return new ReplaySettings(
                source.name(),
                catalogue.connections(),
                filter,
                source.skipEvents(),
                types(),
                source::fillfactor,
                kafka.properties(),
                topics(),
                kafka.schemaIds(),
                source.replayMaxRows(),
                ReplaySettings.BYTES_MAX_DEFAULT,
                source.sleepLoop(),
                source.onErrorReplay() == OnError.EXIT);
    }
}
