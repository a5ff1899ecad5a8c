package io.kameleon.admin;

import io.kameleon.sandbox.TestMySql;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.mariadb.MariaDBContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * With the Maven profile {@code containers} all tests share four servers in containers, of the images that {@code mysql.image}, {@code
 * mariadb.image}, {@code postgres.image} and {@code kafka.image} name. They start before the first test and end with the process.
 */
final class ContainerServers {
    private static final String PASSWORD = "container";
    private static boolean started;

    private ContainerServers() {}

    /** Starts them, the first time, and tells where they are by the properties of servers that a test run was given. */
    static synchronized void provide() {
        if (Boolean.getBoolean("kameleon.containers") && !started) {
            start();
            started = true;
        }
    }

    private static void start() {
        // MySQLContainer would need MySQL's own driver to see that the server answers.
        GenericContainer<?> mySql = new GenericContainer<>(image("mysql"))
                .withEnv("MYSQL_ROOT_PASSWORD", PASSWORD)
                .withEnv("MYSQL_ROOT_HOST", "%")
                .withExposedPorts(3306)
                .withCommand(
                        "--server-id=1",
                        "--gtid-mode=ON",
                        "--enforce-gtid-consistency=ON",
                        "--default-time-zone=+00:00",
                        "--innodb-flush-log-at-trx-commit=2")
                .waitingFor(Wait.forLogMessage(".*ready for connections.*port: 3306.*", 1));
        MariaDBContainer mariaDb =
                new MariaDBContainer(image("mariadb")).withUsername("root").withPassword(PASSWORD);
        mariaDb.setCommand(
                "--server-id=1",
                "--log-bin=binlog",
                "--log-slave-updates",
                "--binlog-format=ROW",
                "--character-set-server=utf8mb4",
                "--default-time-zone=+00:00",
                "--innodb-flush-log-at-trx-commit=2");
        var postgres = new PostgreSQLContainer(image("postgres"))
                .withUsername("postgres")
                .withPassword(PASSWORD);
        var kafka = new KafkaContainer(image("kafka"));
        List<GenericContainer<?>> all = List.of(mySql, mariaDb, postgres, kafka);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> all.forEach(GenericContainer::stop)));
        Startables.deepStart(all).join();
        System.setProperty(TestMySql.PROPERTY, url("mysql", mySql, 3306, "root"));
        System.setProperty(RigSource.MARIADB_PROPERTY, url("mariadb", mariaDb, 3306, "root"));
        System.setProperty(RigPostgres.PROPERTY, url("postgresql", postgres, 5432, "postgres"));
        System.setProperty(ReplicaRig.KAFKA_PROPERTY, kafka.getBootstrapServers());
    }

    private static DockerImageName image(String name) {
        return DockerImageName.parse(System.getProperty(name + ".image"));
    }

    private static String url(String product, GenericContainer<?> server, int port, String user) {
        return "jdbc:%s://%s:%d/?user=%s&password=%s"
                .formatted(product, server.getHost(), server.getMappedPort(port), user, PASSWORD);
    }
}
