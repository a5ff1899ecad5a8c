/** What a process shows of itself over HTTP and JMX: metrics, health, status. */
package io.kameleon.catalogue.metrics;
