package dev.coterie.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Statements within one transaction. Arguments are bound, never part of the SQL: texts, numbers,
 * booleans, byte arrays, null, or an {@link Optional} of one of them.
 */
public final class Transaction {
    private final Connection connection;

    Transaction(Connection connection) {
        this.connection = connection;
    }

    public <T> List<T> list(String sql, Function<Row, T> mapping, Object... arguments) {
        try (PreparedStatement statement = prepare(sql, arguments);
                ResultSet rows = statement.executeQuery()) {
            var found = new ArrayList<T>();
            var row = new Row(rows);
            while (rows.next()) found.add(mapping.apply(row));
            return found;
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    public <T> Optional<T> first(String sql, Function<Row, T> mapping, Object... arguments) {
        List<T> found = list(sql, mapping, arguments);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
    }

    /** The number in the first column, named {@code n}, of the only row. */
    public long count(String sql, Object... arguments) {
        return first(sql, row -> row.number("n"), arguments).orElse(0L);
    }

    /**
     * @return rows changed
     */
    public int change(String sql, Object... arguments) {
        try (PreparedStatement statement = prepare(sql, arguments)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    private PreparedStatement prepare(String sql, Object... arguments) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < arguments.length; i++) {
                Object value = arguments[i];
                if (value instanceof Optional<?> optional) value = optional.orElse(null);
                if (value instanceof Boolean flag) value = flag ? 1 : 0;
                if (value instanceof byte[] bytes) statement.setBytes(i + 1, bytes);
                else statement.setObject(i + 1, value);
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }
}
