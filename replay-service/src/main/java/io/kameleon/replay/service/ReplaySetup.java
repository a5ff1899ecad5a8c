package io.kameleon.replay.service;

import io.kameleon.catalogue.config.KameleonConfig;
import io.kameleon.catalogue.config.SourceConfig;
import io.kameleon.catalogue.config.TableFilter;
import io.kameleon.catalogue.config.TablePattern;
import io.kameleon.catalogue.store.PgConnections;
import io.kameleon.catalogue.transport.Transport;
import io.kameleon.replay.consume.ReplaySettings;
import io.kameleon.replay.row.BytesForm;
import io.kameleon.replay.row.NulPolicy;
import io.kameleon.replay.row.ValuePolicy;
import io.kameleon.replay.row.ZeroDatePolicy;
import io.kameleon.replay.type.TypeMapping;
import io.kameleon.replay.type.TypeOverride;
import io.kameleon.schemas.wire.TopicLayout;
import java.util.List;
import java.util.OptionalInt;

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
                types(config, source),
                values(source),
                source::fillfactor,
                transport.properties(),
                new TopicLayout(config.kafka().topicPrefix()),
                transport.schemaIds(),
                source.replayMaxRows().map(OptionalInt::of).orElse(OptionalInt.empty()),
                source.replayLanes(),
                ReplaySettings.BYTES_MAX_DEFAULT,
                source.sleepLoop(),
                source.onErrorReplay(),
                source.autoResync());
    }

    /** The source's profile with the file's {@code type_override}, which holds for every source. */
    public static TypeMapping types(KameleonConfig config, SourceConfig source) {
        List<TypeOverride> overrides = config.global().typeOverrides().stream()
                .map(override -> new TypeOverride(
                        override.columnType(),
                        override.overrideTo(),
                        table -> TablePattern.allOrAny(override.tables(), table)))
                .toList();
        return new TypeMapping(profile(source), overrides);
    }

    private static TypeMapping.Profile profile(SourceConfig source) {
        return switch (source.typeProfile()) {
            case LOSSLESS -> TypeMapping.Profile.LOSSLESS;
            case PG_CHAMELEON -> TypeMapping.Profile.PG_CHAMELEON;
        };
    }

    /** What becomes of the source's values that PostgreSQL cannot hold as they are. */
    public static ValuePolicy values(SourceConfig source) {
        NulPolicy nul =
                switch (source.nulCharacters()) {
                    case STRIP -> NulPolicy.STRIP;
                    case REPLACE -> NulPolicy.REPLACE;
                    case ERROR -> NulPolicy.ERROR;
                };
        ZeroDatePolicy zeroDates =
                switch (source.zeroDates()) {
                    case NULL -> ZeroDatePolicy.NULL;
                    case INFINITY -> ZeroDatePolicy.INFINITY;
                    case ERROR -> ZeroDatePolicy.ERROR;
                };
        BytesForm bytes =
                switch (source.typeProfile()) {
                    case LOSSLESS -> BytesForm.RAW;
                    case PG_CHAMELEON -> BytesForm.HEX;
                };
        return new ValuePolicy(nul, zeroDates, bytes);
    }
}
