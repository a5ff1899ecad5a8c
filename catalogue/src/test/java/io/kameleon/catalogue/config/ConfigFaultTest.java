package io.kameleon.catalogue.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFaultTest {
    @TempDir
    Path directory;

    private ConfigText text;

    @BeforeEach
    void open() {
        text = new ConfigText(directory);
    }

    @Test
    void everyFaultIsToldInOneGoWithLineAndWhatIsAllowed() {
        ConfigException fault = text.fail("""
                log_levl: info
                log_dest: syslog
                pg_conn:
                  host: h
                  port: many
                  database: d
                sources:
                  shop:
                    db_conn:
                      user: m
                      my_server_id: 5
                    schema_mappings: {shop: shop}
                    my_server_id: 0
                    batch_retention: 1 fortnight
                    limit_tables: [orders]
                    keep_existing_schema: perhaps
                """);

        assertThat(fault)
                .hasMessage("CONFIGURATION_INVALID: The configuration file has 9 faults {file="
                        + directory.resolve("test.yml")
                        + """
                        }. Correct the file and run the command again:
                          line 1, log_levl: is not a key; did you mean 'log_level'?
                          line 2, log_dest: 'syslog' is not allowed; allowed: file or stdout
                          line 3, pg_conn.user: is missing; allowed: a user name
                          line 5, pg_conn.port: 'many' is not allowed (it is not a whole number); allowed: a port from 1 to 65535
                          line 11, sources.shop.db_conn.my_server_id: is not a key here; it belongs under 'sources.<name>'
                          line 13, sources.shop.my_server_id: '0' is not allowed (it is out of range); allowed: a whole number from 1 to 4294967295
                          line 14, sources.shop.batch_retention: '1 fortnight' is not allowed (its unit is not known); allowed: an interval of PostgreSQL, e.g. 1 day or 12 hours
                          line 15, sources.shop.limit_tables: 'orders' is not allowed (it has no schema; write schema.table or /regex/); allowed: a list of schema.table or /regex/
                          line 16, sources.shop.keep_existing_schema: 'perhaps' is not allowed; allowed: true or false""");
    }

    @Test
    void anEmptyFileLacksWhatIsRequired() {
        assertThat(faults(""))
                .containsExactly(
                        "line 1, pg_conn: is missing; allowed: a mapping",
                        "line 1, pg_conn.database: is missing; allowed: a database name",
                        "line 1, pg_conn.user: is missing; allowed: a user name",
                        "line 1, sources: is missing; allowed: a mapping of source names");
    }

    @Test
    void aDestinationSchemaBelongsToOneMappingOnly() {
        assertThat(faults(ConfigText.DESTINATION + """
                        sources:
                          one:
                            db_conn: {user: m}
                            schema_mappings:
                              a: same
                              b: same
                          two:
                            db_conn: {user: m}
                            schema_mappings:
                              c: same
                        """))
                .containsExactly(
                        "line 7, sources.one.schema_mappings.b: maps to 'same', as sources.one.schema_mappings.a does; a"
                                + " destination schema belongs to one mapping only",
                        "line 11, sources.two.schema_mappings.c: maps to 'same', as sources.one.schema_mappings.a does; a"
                                + " destination schema belongs to one mapping only");
    }

    @ParameterizedTest
    @CsvSource({
        "a,    sch_kameleon,       which is not for replicated tables",
        "a,    pg_temp,            which is not for replicated tables",
        "a,    information_schema, which is not for replicated tables",
        "mysql, m,                 is a system schema of the source",
        "a,    aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg, more than 63 bytes"
    })
    void reservedSchemasAreNotMapped(String origin, String destination, String told) {
        assertThat(faults(ConfigText.DESTINATION + "sources:\n  s:\n    db_conn: {user: m}\n    schema_mappings: {"
                        + origin + ": " + destination + "}\n"))
                .singleElement()
                .asString()
                .contains(told);
    }

    /** F17. */
    @Test
    void twoSourcesOnOneServerDoNotShareAServerId() {
        assertThat(faults(ConfigText.DESTINATION + """
                        sources:
                          one: {db_conn: {host: h, user: m}, schema_mappings: {a: a}, my_server_id: 7}
                          two: {db_conn: {host: h, user: m}, schema_mappings: {b: b}, my_server_id: 7}
                          elsewhere: {db_conn: {host: i, user: m}, schema_mappings: {c: c}, my_server_id: 7}
                        """))
                .containsExactly(
                        "line 4, sources.two.my_server_id: 7 is also that of the source 'one' on the same server;"
                                + " allowed: a number that no other replica of the server has");
    }

    @ParameterizedTest
    @CsvSource({"'a b'", "ünder", "progress", "dead-letter", "-x", "'..'"})
    void namesThatMakeNoTopicAreRefused(String name) {
        assertThat(faults(ConfigText.DESTINATION + "sources:\n  '" + name
                        + "': {db_conn: {user: m}, schema_mappings: {a: a}}\n"))
                .singleElement()
                .asString()
                .startsWith("line 3, sources." + name + ": ");
    }

    @Test
    void sourcesWhoseTopicsKafkaTakesForOneAreRefused() {
        assertThat(faults(ConfigText.DESTINATION + """
                        sources:
                          a: {db_conn: {user: m}, schema_mappings: {a: a}}
                          a_state: {db_conn: {user: m}, schema_mappings: {b: b}}
                        """))
                .containsExactly("line 4, sources.a_state: gives a topic that is too like one of the source 'a'; choose"
                        + " another name");
    }

    @Test
    void aKeyGivenTwiceIsAFault() {
        assertThat(faults("log_level: info\nlog_level: debug\n" + ConfigText.DESTINATION + ConfigText.SOURCE))
                .containsExactly("line 2, log_level: is given twice, before that in line 1");
    }

    @Test
    void whatKeepsTheReplicaExactCannotBeSet() {
        assertThat(faults(ConfigText.DESTINATION + ConfigText.SOURCE
                        + "kafka:\n  properties:\n    isolation.level: read_uncommitted\n"))
                .containsExactly("line 8, kafka.properties.isolation.level: cannot be set: Kameleon sets it itself, to"
                        + " keep the replica exact");
    }

    @Test
    void missingReferencesAreNamed() {
        assertThat(faults("pg_conn: {user: '${env:NOPE}', password: '${file:nope.txt}', database: '${evn:X}'}\n"
                        + ConfigText.SOURCE))
                .containsExactly(
                        "line 1, pg_conn.database: ${evn:...} is not known; use ${env:NAME} or ${file:PATH}, and $${ for a"
                                + " literal ${",
                        "line 1, pg_conn.user: the environment variable NOPE is not set",
                        "line 1, pg_conn.password: the file " + directory.resolve("nope.txt") + " does not exist");
    }

    /** F71: what was put in may be a secret, whatever the key. */
    @Test
    void faultsShowWhereAValueComesFromNotWhatItIs() {
        text.with("WRONG", "hunter2");

        assertThat(text.fail("pg_conn: {user: u, database: d, port: '${env:WRONG}'}\n" + ConfigText.SOURCE))
                .hasMessageContaining("'${env:WRONG}' is not allowed")
                .hasMessageNotContaining("hunter2");
    }

    /** F71: YAML's own messages repeat values. */
    @ParameterizedTest
    @CsvSource({"*hunter2", "!hunter2 x", "!hunter2!x y", "'[hunter2'", "'{hunter2: '", "'\"hunter2'"})
    void faultsOfYamlShowNoPassword(String value) {
        assertThat(text.fail("pg_conn:\n  user: u\n  database: d\n  password: " + value + "\n" + ConfigText.SOURCE))
                .hasMessageContaining("line ")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"- a list", "just text", "'a: b: c'", "'a: [1'", "'\ta: b'", "'--- {}\n--- {}'"})
    void whatIsNotAMappingIsRefused(String content) {
        assertThat(text.fail(content).faults()).isNotEmpty();
    }

    @Test
    void aSectionThatIsNoMappingAndAValueThatIsNoneAreRefused() {
        assertThat(faults("log_level: [info]\npg_conn: here\nsources: {s: }\n"))
                .contains(
                        "line 1, log_level: is not a single value; allowed: debug, info, warning or error",
                        "line 2, pg_conn: is not a mapping; allowed: a mapping",
                        "line 3, sources.s.db_conn: is missing; allowed: a mapping");
    }

    private List<String> faults(String content) {
        return text.fail(content).faults().stream().map(ConfigFault::toString).toList();
    }
}
