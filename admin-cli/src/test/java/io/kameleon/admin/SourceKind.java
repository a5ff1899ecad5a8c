package io.kameleon.admin;

import io.kameleon.sandbox.TestMySql;
import java.util.stream.Stream;

/** A server product to replicate from. */
enum SourceKind {
    MARIADB,
    MYSQL;

    /** MariaDB always, MySQL where the test run was given one. */
    static Stream<SourceKind> available() {
        ContainerServers.provide();
        return TestMySql.given().isPresent() ? Stream.of(values()) : Stream.of(MARIADB);
    }

    /** MySQL where the test run was given one: for claims in which the server's product has no part. */
    static Stream<SourceKind> either() {
        ContainerServers.provide();
        return Stream.of(TestMySql.given().isPresent() ? MYSQL : MARIADB);
    }
}
