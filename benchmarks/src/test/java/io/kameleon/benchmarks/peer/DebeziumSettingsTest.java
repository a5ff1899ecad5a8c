package io.kameleon.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.kameleon.benchmarks.server.MySqlServer.Flavour;
import io.kameleon.benchmarks.workload.InsertWorkload;
import io.kameleon.benchmarks.workload.MixedWorkload;
import org.junit.jupiter.api.Test;

class DebeziumSettingsTest {
    @Test
    void everyArtifactHasAVersionFromTheBuild() {
        PeerVersions versions = PeerVersions.load();

        assertThat(versions.byArtifact().values()).isNotEmpty().allMatch(version -> version.matches("\\d[\\w.]+"));
        for (Flavour flavour : Flavour.values()) {
            assertThat(versions.of(PeerInstallation.source(flavour))).endsWith(".Final");
        }
    }

    @Test
    void tablesWithDatesAreNotWrittenByUnnest() {
        assertThat(DebeziumSink.Inserts.suiting(MixedWorkload.scaled(0.01, 1))).isEqualTo(DebeziumSink.Inserts.VALUES);
        assertThat(DebeziumSink.Inserts.suiting(InsertWorkload.scaled(0.01, 1))).isEqualTo(DebeziumSink.Inserts.VALUES);
    }

    @Test
    void theReportShowsVersionsAndTuningWithoutAServer() {
        assertThat(new DebeziumContender().configuration())
                .containsKeys("debezium-connector-mysql", "debezium-connector-jdbc", "Kafka Connect")
                .containsEntry("JVM", "-Xmx3g -XX:+UseG1GC");
    }
}
