/** The progress topic, folded by Kafka Streams into statistics that survive restarts and move between instances. */
package io.kameleon.admin.monitor.stats;
