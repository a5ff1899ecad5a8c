package io.kameleon.replay.apply;

import java.util.List;
import java.util.Map;
import org.postgresql.core.CachedQuery;
import org.postgresql.core.ParameterList;
import org.postgresql.core.Query;
import org.postgresql.core.SqlCommand;
import org.postgresql.core.v3.SqlSerializationContext;

/**
 * Statements from pgjdbc's cache, taken together as one query: pgjdbc sends the parts of a query without waiting between them, and
 * makes such queries itself only from a text of several statements, which it would have prepared anew.
 */
final class JoinedQuery implements Query {
    private final Query[] parts;

    private JoinedQuery(Query[] parts) {
        this.parts = parts;
    }

    /** The statements stay the cache's. */
    static JoinedQuery of(List<CachedQuery> cached) {
        return new JoinedQuery(cached.stream().map(one -> one.query).toArray(Query[]::new));
    }

    @Override
    public Query[] getSubqueries() {
        return parts.clone();
    }

    @Override
    public String getNativeSql() {
        var text = new StringBuilder();
        for (Query part : parts) {
            text.append(text.isEmpty() ? "" : "; ").append(part.getNativeSql());
        }
        return text.toString();
    }

    @Override
    public String toString(ParameterList parameters) {
        return getNativeSql();
    }

    @Override
    public String toString(ParameterList parameters, SqlSerializationContext context) {
        return getNativeSql();
    }

    @Override
    public String toString() {
        return getNativeSql();
    }

    @Override
    public ParameterList createParameterList() {
        throw new UnsupportedOperationException("parameters of joined statements are made by themselves");
    }

    @Override
    public SqlCommand getSqlCommand() {
        return null;
    }

    @Override
    public boolean isStatementDescribed() {
        return false;
    }

    @Override
    public boolean isEmpty() {
        return parts.length == 0;
    }

    @Override
    public int getBatchSize() {
        return 0;
    }

    @Override
    public Map<String, Integer> getResultSetColumnNameIndexMap() {
        return null;
    }

    @Override
    public void close() {
        // The statements are the cache's to close.
    }
}
