/** Microbenchmarks of the hot pieces on rows as servers sent them; {@code kameleon-bench jmh} runs them. */
package io.kameleon.benchmarks.jmh;
