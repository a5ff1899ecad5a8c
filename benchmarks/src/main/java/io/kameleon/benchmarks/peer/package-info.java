/**
 * The programs that the product is compared with: Debezium's source and JDBC sink in a Kafka Connect worker, and pgloader. They
 * are fetched when a benchmark first needs them and are no dependency of anything.
 */
package io.kameleon.benchmarks.peer;
