/** A Kafka node inside the process, with a durable directory: Kafka for those who run one machine. */
package io.kameleon.broker;
