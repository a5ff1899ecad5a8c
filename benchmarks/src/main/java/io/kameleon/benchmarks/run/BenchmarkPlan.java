package io.kameleon.benchmarks.run;

import io.kameleon.benchmarks.workload.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * What to run.
 *
 * @param workloads  in this order
 * @param stages     in this order within a round
 * @param contenders take turns in being first
 * @param rounds     of each stage and contender, interleaved
 */
public record BenchmarkPlan(List<Workload> workloads, Set<Stage> stages, List<Contender> contenders, int rounds) {
    public BenchmarkPlan {
        workloads = List.copyOf(workloads);
        contenders = List.copyOf(contenders);
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds " + rounds);
        }
    }

    /** Those who take part in a stage, each first in turn. */
    List<Contender> order(Stage stage, Workload workload, int round) {
        List<Contender> taking = contenders.stream()
                .filter(contender -> contender.takesPart(stage, workload))
                .toList();
        if (taking.isEmpty()) {
            return taking;
        }
        var order = new ArrayList<>(taking);
        Collections.rotate(order, -((round - 1) % taking.size()));
        return order;
    }

    boolean isEmpty(Workload workload) {
        return stages.stream().allMatch(stage -> order(stage, workload, 1).isEmpty());
    }
}
