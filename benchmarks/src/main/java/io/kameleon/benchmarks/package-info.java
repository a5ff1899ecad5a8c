/**
 * Measures the product beside its peers and the limits of the servers: workloads from a seed, servers in processes of their own, contenders
 * that move the same binlog in turn, and reports.
 */
package io.kameleon.benchmarks;
