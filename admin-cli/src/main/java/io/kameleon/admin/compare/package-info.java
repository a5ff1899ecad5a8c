/**
 * The oracle: whether PostgreSQL holds what the source holds. It shares no conversion with the replication, so that a fault
 * of a conversion shows: values are read over JDBC on both sides and brought to one canonical text.
 */
package io.kameleon.admin.compare;
