/**
 * Servers that start from Maven artifacts, for the demo and for tests: MariaDB, PostgreSQL, Kafka and a schema registry,
 * with a sample schema and a load for it.
 *
 * <p>All of them listen on 127.0.0.1 only, run as root or as an ordinary user, keep their data in a directory of the
 * caller's, and die with this process, however it ends.
 */
package io.kameleon.sandbox;
