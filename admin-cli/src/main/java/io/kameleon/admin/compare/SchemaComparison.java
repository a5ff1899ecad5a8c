package io.kameleon.admin.compare;

import static java.util.Objects.requireNonNull;

import io.kameleon.reader.server.DefinitionReader;
import io.kameleon.reader.server.SourceServer;
import io.kameleon.reader.server.TableFacts;
import io.kameleon.schemas.error.ErrorCode.Handling;
import io.kameleon.schemas.error.ReplicationException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Compares many tables, one after the other. A table that cannot be compared by itself has a report that says why; a server
 * that is away ends the comparison.
 *
 * <p>One thread at a time, as {@link TableComparison}.
 */
public final class SchemaComparison {
    private final SourceServer server;
    private final Connection connection;
    private final CompareTargets targets;
    private final CompareProgress progress;
    private final Map<CompareTarget, TableComparison> comparisons = new LinkedHashMap<>();
    private final Map<CompareTarget, CompareReport> reports = new LinkedHashMap<>();

    /** @param connection to PostgreSQL, without an open transaction */
    public SchemaComparison(
            SourceServer server, Connection connection, CompareTargets targets, CompareProgress progress) {
        this.server = requireNonNull(server, "server");
        this.connection = requireNonNull(connection, "connection");
        this.targets = requireNonNull(targets, "targets");
        this.progress = requireNonNull(progress, "progress");
    }

    /** Reads all tables on both sides. */
    public List<CompareReport> compare() {
        var facts = new DefinitionReader(server);
        for (CompareTarget target : targets.targets()) {
            TableFacts table = facts.table(target.source().id());
            long rows = table == null ? 0 : table.rowsEstimated();
            var comparison = new TableComparison(server, connection, target, rows, progress);
            comparisons.put(target, comparison);
            reports.put(target, guarded(target, comparison, TableComparison::compare));
        }
        return reports();
    }

    /** Looks again at the rows that differed; to be called after {@link #compare}, with a wait before. */
    public List<CompareReport> recheck() {
        comparisons.forEach((target, comparison) -> {
            CompareReport earlier = reports.get(target);
            if (earlier.canSettle()) {
                reports.put(target, guarded(target, comparison, c -> c.recheck(earlier)));
            }
        });
        return reports();
    }

    /** Whether a look at a later moment can change the result. */
    public boolean canSettle() {
        return reports.values().stream().anyMatch(CompareReport::canSettle);
    }

    private List<CompareReport> reports() {
        var all = new ArrayList<>(targets.unreadable());
        all.addAll(reports.values());
        return all;
    }

    private static CompareReport guarded(
            CompareTarget target, TableComparison comparison, Function<TableComparison, CompareReport> work) {
        try {
            return work.apply(comparison);
        } catch (ReplicationException e) {
            if (e.code().handling() != Handling.DISABLE_TABLE) {
                throw e;
            }
            return CompareReport.failed(target, e.getMessage(), 0);
        }
    }
}
