package io.kameleon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SandboxKafkaIT {
    @Test
    void twoNodesRunBesideEachOther() throws Exception {
        try (SandboxKafka first = SandboxKafka.start();
                SandboxKafka second = SandboxKafka.start()) {
            assertThat(clusterId(first)).isNotEqualTo(clusterId(second));
        }
    }

    private static String clusterId(SandboxKafka kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            return admin.describeCluster().clusterId().get();
        }
    }
}
