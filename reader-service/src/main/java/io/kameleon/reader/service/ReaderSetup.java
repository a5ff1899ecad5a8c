package io.kameleon.reader.service;

import io.kameleon.catalogue.config.DbConnConfig;
import io.kameleon.catalogue.config.KameleonConfig;
import io.kameleon.catalogue.config.SourceConfig;
import io.kameleon.catalogue.config.SourceConfig.OnError;
import io.kameleon.catalogue.config.SourceConfig.Positioning;
import io.kameleon.catalogue.config.TableFilter;
import io.kameleon.catalogue.transport.Transport;
import io.kameleon.reader.publish.ReadLimits;
import io.kameleon.reader.publish.ReaderSettings;
import io.kameleon.reader.server.SourceAddress;
import io.kameleon.reader.server.SourceTls;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.row.ZeroDateForm;
import io.kameleon.schemas.wire.TopicLayout;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** From the configuration of one source to what its reader and its copy work with. */
public final class ReaderSetup {
    private static final Duration FLUSH_INTERVAL = Duration.ofMillis(100);

    private ReaderSetup() {}

    /** @param filter with the mappings that hold: the catalogue's, where it can be asked */
    public static ReaderSettings settings(
            KameleonConfig config, SourceConfig source, TableFilter filter, Transport transport) {
        return new ReaderSettings(
                source.name(),
                address(source),
                source.serverId(),
                filter.mappings().keySet(),
                filter::includes,
                source.positioning() == Positioning.GTID,
                transport.properties(),
                new TopicLayout(config.kafka().topicPrefix()),
                config.kafka().replicationFactor(),
                source.batchRetention(),
                transport.schemaIds(),
                new ReadLimits(source.replicaBatchSize(), FLUSH_INTERVAL),
                source.sleepLoop(),
                source.onErrorRead() == OnError.EXIT,
                zeroDates(source),
                Clock.systemUTC());
    }

    /** How copy and stream hand zero dates on, so that replay can do what {@code zero_dates} says. */
    public static ZeroDateForm zeroDates(SourceConfig source) {
        return switch (source.zeroDates()) {
            case NULL -> ZeroDateForm.NULL;
            case INFINITY, ERROR -> ZeroDateForm.MARKED;
        };
    }

    /** @throws ReplicationException CONFIGURATION_INVALID for a client certificate */
    public static SourceAddress address(SourceConfig source) {
        DbConnConfig db = source.dbConn();
        return new SourceAddress(
                source.name(),
                db.host(),
                db.port(),
                db.user(),
                () -> db.password().reveal().toCharArray(),
                db.connectTimeout(),
                source.netReadTimeout(),
                tls(source));
    }

    private static SourceTls tls(SourceConfig source) {
        DbConnConfig db = source.dbConn();
        if (db.sslCert().isPresent()) {
            throw new ReplicationException(
                    ErrorCode.CONFIGURATION_INVALID,
                    "A source is not reached with a client certificate yet",
                    Map.of("source", source.name(), "key", "db_conn.ssl_cert"),
                    "Remove ssl_cert and ssl_key, and give the source's user a password; ssl_mode and ssl_ca stay.");
        }
        SourceTls.Mode mode =
                switch (db.sslMode()) {
                    case DISABLED -> SourceTls.Mode.DISABLED;
                    case PREFERRED -> SourceTls.Mode.PREFERRED;
                    case REQUIRED -> SourceTls.Mode.REQUIRED;
                    case VERIFY_CA -> SourceTls.Mode.VERIFY_CA;
                    case VERIFY_IDENTITY -> SourceTls.Mode.VERIFY_IDENTITY;
                };
        return new SourceTls(mode, db.sslCa());
    }
}
