package io.kameleon.benchmarks.workload;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What a workload sends, without a server. */
final class RecordedSql {
    private RecordedSql() {}

    static String of(Workload workload) throws SQLException {
        var sql = new StringBuilder();
        Statement statement = proxy(Statement.class, (self, method, arguments) -> switch (method.getName()) {
            case "execute" -> {
                sql.append(arguments[0]);
                yield false;
            }
            case "getMoreResults" -> false;
            case "getUpdateCount" -> -1;
            case "close" -> null;
            default -> throw new UnsupportedOperationException(method.getName());
        });
        Connection connection = proxy(Connection.class, (self, method, arguments) -> switch (method.getName()) {
            case "createStatement" -> statement;
            case "setAutoCommit" -> null;
            default -> throw new UnsupportedOperationException(method.getName());
        });
        workload.run(connection);
        return sql.toString();
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(RecordedSql.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
