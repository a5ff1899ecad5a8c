package io.kameleon.replay.service;

import io.kameleon.catalogue.config.KameleonConfig;
import io.kameleon.catalogue.config.SourceConfig;
import io.kameleon.catalogue.config.TableFilter;
import io.kameleon.catalogue.config.TablePattern;
import io.kameleon.catalogue.store.PgConnections;
import io.kameleon.catalogue.transport.Transport;
import io.kameleon.replay.consume.ReplaySettings;
import io.kameleon.replay.type.TypeMapping;
import io.kameleon.replay.type.TypeOverride;
import io.kameleon.schemas.wire.TopicLayout;
import java.util.List;

/** From the configuration of one source to what its replay and its copy work with. */
public final class ReplaySetup {
    private ReplaySetup() {}

    /** @param filter with the catalogue's mappings */
    public static ReplaySettings settings(
            KameleonConfig config,
            SourceConfig source,
            TableFilter filter,
            PgConnections destination,
            Transport transport) {
        return new ReplaySettings(
                source.name(),
                destination,
                filter,
                source.skipEvents(),
                types(config),
                source::fillfactor,
                transport.properties(),
                new TopicLayout(config.kafka().topicPrefix()),
                transport.schemaIds(),
                source.replayMaxRows(),
                ReplaySettings.BYTES_MAX_DEFAULT,
                source.sleepLoop(),
                source.onErrorReplay(),
                source.autoResync());
    }

    /** The defaults with the file's {@code type_override}, which holds for every source. */
    public static TypeMapping types(KameleonConfig config) {
        List<TypeOverride> overrides = config.global().typeOverrides().stream()
                .map(override -> new TypeOverride(
                        override.columnType(),
                        override.overrideTo(),
                        table -> TablePattern.allOrAny(override.tables(), table)))
                .toList();
        return new TypeMapping(TypeMapping.Profile.LOSSLESS, overrides);
    }
}
