package io.kameleon.replay.apply;

import io.kameleon.replay.row.RowOperation;
import io.kameleon.schemas.error.ReplicationException;
import java.util.ArrayList;
import java.util.List;

/** Keeps what could not be applied. */
final class RecordingSink implements FailureSink {
    record Refusal(
            TableTarget target,
            RowOperation operation,
            byte[] key,
            byte[] value,
            ReplicationException cause,
            String sqlState) {}

    record Failure(TableTarget target, ReplicationException cause) {}

    final List<Refusal> refusals = new ArrayList<>();
    final List<Failure> failures = new ArrayList<>();

    @Override
    public void refused(
            TableTarget target,
            RowOperation operation,
            byte[] key,
            byte[] value,
            ReplicationException cause,
            String sqlState) {
        refusals.add(new Refusal(target, operation, key, value, cause, sqlState));
    }

    @Override
    public void tableFailed(TableTarget target, ReplicationException cause) {
        failures.add(new Failure(target, cause));
    }
}
