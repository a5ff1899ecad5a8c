package io.kameleon.catalogue.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kameleon.catalogue.config.GlobalConfig.LogDestination;
import io.kameleon.catalogue.config.GlobalConfig.LogLevel;
import io.kameleon.catalogue.config.SkipEvents.Kind;
import io.kameleon.catalogue.config.SourceConfig.ExistingSchema;
import io.kameleon.catalogue.config.SourceConfig.NulCharacters;
import io.kameleon.catalogue.config.SourceConfig.OnError;
import io.kameleon.catalogue.config.SourceConfig.OnReplayError;
import io.kameleon.catalogue.config.SourceConfig.Positioning;
import io.kameleon.catalogue.config.SourceConfig.SourceKind;
import io.kameleon.catalogue.config.SourceConfig.TypeProfile;
import io.kameleon.catalogue.config.SourceConfig.ZeroDates;
import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.table.TableId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    @TempDir
    Path directory;

    private ConfigText text;

    @BeforeEach
    void open() {
        text = new ConfigText(directory);
    }

    @Test
    void globalKeysOfPgChameleonKeepTheirMeaning() throws IOException {
        KameleonConfig config = pgChameleon();

        assertThat(config.global().pidDir()).isEqualTo(directory.resolve("user/chameleon/pid"));
        assertThat(config.global().logDest()).isEqualTo(LogDestination.STDOUT);
        assertThat(config.global().logLevel()).isEqualTo(LogLevel.WARNING);
        assertThat(config.global().logDaysKeep()).isEqualTo(7);
        assertThat(config.pg().address()).isEqualTo("pg.example:5433/warehouse");
        assertThat(config.pg().password().reveal()).isEqualTo("pg-secret");
        List<TypeOverride> overrides = config.global().typeOverrides();
        assertThat(overrides.get(0).appliesTo(new TableId("any", "table"), "TINYINT(1)"))
                .isTrue();
        assertThat(overrides.get(1).appliesTo(new TableId("crm", "person"), "int(1)"))
                .isTrue();
        assertThat(overrides.get(1).appliesTo(new TableId("crm", "address"), "int(1)"))
                .isFalse();
    }

    @Test
    void sourceKeysOfPgChameleonKeepTheirMeaning() throws IOException {
        SourceConfig source = pgChameleon().source("crm_server");

        assertThat(source.kind()).isEqualTo(SourceKind.MYSQL);
        assertThat(source.dbConn().address()).isEqualTo("db.example:3307");
        assertThat(source.dbConn().connectTimeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(source.schemaMappings()).isEqualTo(Map.of("crm", "crm_copy", "billing", "billing_copy"));
        assertThat(source.grantSelectTo()).containsExactly("reporting");
        assertThat(source.lockTimeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(source.serverId()).isEqualTo(4711);
        assertThat(source.replicaBatchSize()).isEqualTo(5000);
        assertThat(source.replayMaxRows()).contains(6000);
        assertThat(source.batchRetention()).isEqualTo(Duration.ofDays(2));
        assertThat(source.copyMaxMemory()).isEqualTo(100L << 20);
        assertThat(source.sleepLoop()).isEqualTo(Duration.ofSeconds(3));
        assertThat(source.onErrorReplay()).isEqualTo(OnReplayError.EXIT);
        assertThat(source.onErrorRead()).isEqualTo(OnError.EXIT);
        assertThat(source.autoMaintenance()).contains(Duration.ofHours(12));
        assertThat(source.positioning()).isEqualTo(Positioning.COORDINATES);
        assertThat(source.existingSchema()).isEqualTo(ExistingSchema.KEEP);
        assertThat(source.netReadTimeout()).isEqualTo(Duration.ofSeconds(300));
        assertThat(source.skipEvents().skips(Kind.INSERT, new TableId("crm", "address")))
                .isTrue();
        assertThat(source.skipEvents().skips(Kind.INSERT, new TableId("crm", "person")))
                .isFalse();
        assertThat(source.skipEvents().skips(Kind.DELETE, new TableId("billing", "any")))
                .isTrue();
        assertThat(source.skipEvents().skips(Kind.UPDATE, new TableId("billing", "any")))
                .isFalse();
        assertThat(source.fillfactor(new TableId("crm", "person"))).hasValue(40);
        assertThat(source.fillfactor(new TableId("crm", "address"))).hasValue(60);
        assertThat(source.fillfactor(new TableId("crm", "other"))).isEmpty();
    }

    @Test
    void keysOfPgChameleonWithoutEffectAreNotedWithWhatReplacesThem() throws IOException {
        assertThat(pgChameleon().notes())
                .extracting(ConfigNote::key)
                .containsExactly(
                        "rollbar_key",
                        "rollbar_env",
                        "sources.crm_server.copy_mode",
                        "sources.crm_server.out_dir",
                        "sources.old_postgres");
        assertThat(pgChameleon().notes().get(0))
                .hasToString("line 8, rollbar_key: Rollbar is not used. Errors are in 'show_errors', in the log and in"
                        + " the metrics, which Prometheus can alert on.");
    }

    @Test
    void aPostgresSourceIsSetAsideAndRefusedByName() throws IOException {
        KameleonConfig config = pgChameleon();

        assertThat(config.sources()).containsOnlyKeys("crm_server");
        assertThatThrownBy(() -> config.source("old_postgres"))
                .hasMessageStartingWith("SOURCE_UNKNOWN: The source 'old_postgres' cannot be replicated")
                .hasMessageEndingWith(
                        "It has the type pgsql, and only mysql and mariadb are replicated: use PostgreSQL's"
                                + " logical replication.");
        assertThatThrownBy(() -> config.source("nobody"))
                .hasMessageEndingWith("Use one of crm_server, or add it under 'sources'.");
    }

    @Test
    void theShortestFileHasEveryDefault() {
        KameleonConfig config = text.load(ConfigText.DESTINATION + ConfigText.SOURCE);

        SourceConfig source = config.source("shop");
        assertThat(config.global().pidDir()).isEqualTo(directory.resolve("user/.kameleon/pid"));
        assertThat(config.pg().address()).isEqualTo("localhost:5432/d");
        assertThat(config.kafka().broker())
                .isEqualTo(new KafkaConfig.Embedded(directory.resolve("user/.kameleon/kafka/test"), 0));
        assertThat(config.kafka().topicPrefix()).isEqualTo("kameleon");
        assertThat(config.registry().registry()).isEqualTo(new RegistryConfig.Embedded());
        assertThat(source.dbConn().address()).isEqualTo("localhost:3306");
        assertThat(source.lockTimeout()).isEqualTo(Duration.ofSeconds(120));
        assertThat(source.batchRetention()).isEqualTo(Duration.ofDays(1));
        assertThat(source.copyMaxMemory()).isEqualTo(300L << 20);
        assertThat(source.autoMaintenance()).isEmpty();
        assertThat(source.positioning()).isEqualTo(Positioning.GTID);
        assertThat(source.onErrorRead()).isEqualTo(OnError.CONTINUE);
        assertThat(config.notes()).isEmpty();
    }

    @Test
    void aSourceHasTheProfileAtTheTopUnlessItNamesItsOwn() {
        String profile = "type_profile: pg_chameleon\n";
        KameleonConfig top = text.load(profile + ConfigText.DESTINATION + ConfigText.SOURCE);
        assertThat(top.sources().values())
                .allSatisfy(source -> assertThat(source.typeProfile()).isEqualTo(TypeProfile.PG_CHAMELEON));
        KameleonConfig own = text.load(profile + ConfigText.DESTINATION + ConfigText.SOURCE
                + "    type_profile: lossless\n    zero_dates: infinity\n    nul_characters: replace\n");
        assertThat(own.sources().values()).allSatisfy(source -> {
            assertThat(source.typeProfile()).isEqualTo(TypeProfile.LOSSLESS);
            assertThat(source.zeroDates()).isEqualTo(ZeroDates.INFINITY);
            assertThat(source.nulCharacters()).isEqualTo(NulCharacters.REPLACE);
        });
    }

    /** YAML's own null is what the word says. */
    @Test
    void zeroDatesMayBeNullWithoutQuotes() {
        KameleonConfig config = text.load(ConfigText.DESTINATION + ConfigText.SOURCE + "    zero_dates: null\n");
        assertThat(config.sources().values())
                .allSatisfy(source -> assertThat(source.zeroDates()).isEqualTo(ZeroDates.NULL));
    }

    @Test
    void aDerivedServerIdIsStableAndDiffersBetweenSources() {
        String two = ConfigText.DESTINATION + ConfigText.SOURCE
                + "  crm:\n    db_conn: {user: m}\n    schema_mappings: {crm: crm}\n";

        KameleonConfig config = text.load(two);
        assertThat(config.source("shop").serverId()).isBetween(1_000_000_000L, 4_294_967_295L);
        assertThat(config.source("shop").serverId())
                .isEqualTo(text.load(two).source("shop").serverId())
                .isNotEqualTo(config.source("crm").serverId());
    }

    @Test
    void aClusterAndARegistryAreTakenAsGiven() {
        KameleonConfig config =
                text.with("SASL", "user=\"x\" password=\"y\"").load(ConfigText.DESTINATION + ConfigText.SOURCE + """
                        kafka:
                          bootstrap_servers: [one:9092, "two:9092"]
                          topic_prefix: prod
                          replication_factor: 3
                          properties:
                            security.protocol: SASL_SSL
                            sasl.jaas.config: ${env:SASL}
                            linger.ms: 5
                        schema_registry:
                          url: http://user:hidden@registry:8081
                          properties: {basic.auth.user.info: "a:b"}
                        """);

        assertThat(config.kafka().broker()).isEqualTo(new KafkaConfig.Cluster("one:9092,two:9092"));
        assertThat(config.kafka().replicationFactor()).isEqualTo((short) 3);
        assertThat(config.kafka().properties().values())
                .containsEntry("sasl.jaas.config", "user=\"x\" password=\"y\"")
                .containsEntry("linger.ms", "5");
        assertThat(config.registry().registry())
                .isEqualTo(new RegistryConfig.Server("http://user:hidden@registry:8081"));
        assertThat(config.toString() + config.toMaskedMap())
                .contains("SASL_SSL")
                .doesNotContain("hidden", "user=\"x\"", "a:b");
    }

    /** F71. */
    @Test
    void noTextFormShowsASecret() throws IOException {
        KameleonConfig config = pgChameleon();

        assertThat(config.toString() + config.toMaskedMap() + config.pg() + config.source("crm_server"))
                .contains("pg.example")
                .contains(Secret.MASK)
                .doesNotContain("pg-secret", "my-secret", "old-secret");
    }

    @Test
    void theMaskedFormHasEveryKeyThatHasAnEffect() {
        String masked = text.load(ConfigText.DESTINATION + ConfigText.SOURCE)
                .toMaskedMap()
                .toString();

        for (String path : ConfigReference.paths()) {
            boolean optional = path.contains("ssl") || path.endsWith("pg_conn.charset") || path.contains("fillfactor");
            boolean withoutEffect = path.contains("rollbar") || path.endsWith("copy_mode") || path.endsWith("out_dir");
            boolean inside = path.endsWith("*") || path.contains("override_t") || path.contains("skip_events.");
            boolean ofCluster = path.endsWith("replication_factor");
            if (!optional && !withoutEffect && !inside && !ofCluster) {
                assertThat(masked).contains(path.substring(path.lastIndexOf('.') + 1) + "=");
            }
        }
    }

    @Test
    void valuesComeFromVariablesAndFiles() throws IOException {
        Files.writeString(directory.resolve("pw.txt"), "s3cret with spaces\n");

        KameleonConfig config =
                text.with("PGHOST", "pg.internal").with("PGPORT", "6543").load("""
                        pg_conn:
                          host: ${env:PGHOST}
                          port: ${env:PGPORT}
                          user: u-${env:PGPORT}
                          password: ${file:pw.txt}
                          database: $${literal}${other}
                        """ + ConfigText.SOURCE);

        assertThat(config.pg().host()).isEqualTo("pg.internal");
        assertThat(config.pg().port()).isEqualTo(6543);
        assertThat(config.pg().user()).isEqualTo("u-6543");
        assertThat(config.pg().password().reveal()).isEqualTo("s3cret with spaces");
        assertThat(config.pg().database()).isEqualTo("${literal}${other}");
    }

    @Test
    void anchorsAndMergedMappingsWork() {
        KameleonConfig config = text.load(ConfigText.DESTINATION + """
                sources:
                  one: &base
                    db_conn: {host: a, user: m}
                    schema_mappings: {x: x}
                    replay_max_rows: 17
                  two:
                    <<: *base
                    db_conn: {host: b, user: m}
                    schema_mappings: {y: y}
                  three:
                    <<: *base
                    schema_mappings: {z: z}
                    replay_max_rows: auto
                """);

        assertThat(config.source("two").replayMaxRows()).contains(17);
        assertThat(config.source("three").replayMaxRows()).isEmpty();
        assertThat(config.source("two").dbConn().host()).isEqualTo("b");
        assertThat(config.source("two").schemaMappings()).containsOnlyKeys("y");
    }

    @Test
    void aMissingFileSaysHowToMakeOne() {
        assertThatThrownBy(() -> ConfigLoader.load(directory.resolve("none.yml"), text.environment()))
                .isInstanceOfSatisfying(ReplicationException.class, e -> assertThat(e.code())
                        .isEqualTo(ErrorCode.CONFIGURATION_INVALID))
                .hasMessage("CONFIGURATION_INVALID: The configuration file does not exist {file="
                        + directory.resolve("none.yml")
                        + "}. Run 'kameleon set_configuration_files', then copy config-example.yml to this name and edit"
                        + " it.");
    }

    private KameleonConfig pgChameleon() throws IOException {
        try (var resource = getClass().getResourceAsStream("pg_chameleon.yml")) {
            return text.load(new String(resource.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        }
    }
}
