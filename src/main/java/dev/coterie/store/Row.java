package dev.coterie.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** One row of an answer, read by column name. Valid only while it is being mapped. */
public final class Row {
    private final ResultSet rows;

    Row(ResultSet rows) {
        this.rows = rows;
    }

    public String text(String column) {
        return optionalText(column)
                .orElseThrow(() -> new IllegalStateException("no value in column " + column));
    }

    public Optional<String> optionalText(String column) {
        try {
            return Optional.ofNullable(rows.getString(column));
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    public long number(String column) {
        try {
            return rows.getLong(column);
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    public OptionalLong optionalNumber(String column) {
        try {
            long value = rows.getLong(column);
            return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    /** The value, or NaN if there is none. */
    public double real(String column) {
        try {
            double value = rows.getDouble(column);
            return rows.wasNull() ? Double.NaN : value;
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    public boolean flag(String column) {
        return number(column) != 0;
    }

    /** The bytes; an empty array if there are none. */
    public byte[] bytes(String column) {
        try {
            byte[] value = rows.getBytes(column);
            return value == null ? new byte[0] : value;
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }
}
