package io.kameleon.catalogue.store;

import io.kameleon.schemas.position.BinlogCoordinates;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One statement with its parameters, in the caller's transaction. Parameters may be null. */
final class Sql {
    private Sql() {}

    /** @return the number of rows that were written */
    static int update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, parameters);
            return statement.executeUpdate();
        }
    }

    static <T> List<T> list(Connection connection, RowReader<T> reader, String sql, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                var found = new ArrayList<T>();
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
                return found;
            }
        }
    }

    /** The first row; empty when there is none. */
    static <T> Optional<T> first(Connection connection, RowReader<T> reader, String sql, Object... parameters)
            throws SQLException {
        List<T> rows = list(connection, reader, sql, parameters);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
    }

    static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /** Empty when the file is null. */
    static Optional<BinlogCoordinates> coordinates(ResultSet row, String fileColumn, String positionColumn)
            throws SQLException {
        String file = row.getString(fileColumn);
        return file == null ? Optional.empty() : Optional.of(new BinlogCoordinates(file, row.getLong(positionColumn)));
    }

    static String file(Optional<BinlogCoordinates> coordinates) {
        return coordinates.map(BinlogCoordinates::file).orElse(null);
    }

    static Long position(Optional<BinlogCoordinates> coordinates) {
        return coordinates.map(BinlogCoordinates::position).orElse(null);
    }

    private static void bind(Connection connection, PreparedStatement statement, Object... parameters)
            throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            Object value = parameters[i];
            if (value instanceof Instant instant) {
                statement.setObject(i + 1, OffsetDateTime.ofInstant(instant, ZoneOffset.UTC));
            } else if (value instanceof String[] texts) {
                statement.setArray(i + 1, connection.createArrayOf("text", texts));
            } else if (value instanceof Long[] numbers) {
                statement.setArray(i + 1, connection.createArrayOf("bigint", numbers));
            } else {
                statement.setObject(i + 1, value);
            }
        }
    }

    /** Makes a value of the row that the result stands on. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
