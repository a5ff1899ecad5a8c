/** Kafka and the schema registry as the configuration names them. */
package io.kameleon.catalogue.transport;
