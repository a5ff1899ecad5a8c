package io.kameleon.sandbox;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The transactions of the sample shop's load on one connection. One thread only. */
final class ShopTransactions {
    private final Connection connection;
    private final ShopText text;
    private final int writer;
    private final long customersMax;
    private final long productsMax;
    private long ordersMax;

    /** @param writer makes unique values differ between the writers of one load */
    ShopTransactions(Connection connection, ShopText text, int writer) throws SQLException {
        this.connection = connection;
        this.text = text;
        this.writer = writer;
        this.customersMax = max("customers");
        this.productsMax = max("products");
        this.ordersMax = max("orders");
        connection.commit();
    }

    /** Runs and commits one transaction; the answer is the number of rows that it changed. */
    long any() throws SQLException {
        long rows = choose(text.below(100));
        connection.commit();
        return rows;
    }

    void rollback() throws SQLException {
        connection.rollback();
    }

    private long choose(int dice) throws SQLException {
        if (dice < 30) {
            return placeOrder();
        } else if (dice < 45) {
            return change(
                    "UPDATE orders SET status = ?, total = ? WHERE id = ?",
                    text.any(SampleShop.ORDER_STATES),
                    text.money(50_000),
                    anyOrder());
        } else if (dice < 55) {
            return changeCustomer();
        } else if (dice < 67) {
            return transfer();
        } else if (dice < 77) {
            return change(
                    "UPDATE inventory SET on_hand = on_hand + ?, flags = ? WHERE product_id = ?",
                    text.below(21) - 10,
                    text.below(256),
                    anyProduct());
        } else if (dice < 81) {
            return moveStock();
        } else if (dice < 84) {
            return renumberItems();
        } else if (dice < 91) {
            return deleteOrder();
        } else if (dice < 95) {
            return review();
        } else if (dice < 98) {
            return audit();
        }
        return change(
                "UPDATE products SET price = ?, thumbnail = ?, description = ? WHERE id = ?",
                text.money(2_000),
                text.bytes(2_000),
                text.text(100),
                anyProduct());
    }

    private long placeOrder() throws SQLException {
        long order;
        try (PreparedStatement row = connection.prepareStatement(
                "INSERT INTO orders (customer_id, status, placed_at, ship_by, total, note) VALUES (?, ?, ?, ?, ?, ?)",
                Statement.RETURN_GENERATED_KEYS)) {
            row.setLong(1, anyCustomer());
            SampleShop.fillOrder(row, text);
            row.executeUpdate();
            order = generatedKey(row);
        }
        ordersMax = Math.max(ordersMax, order);
        int items = 1 + text.below(5);
        insertItems(order, items);
        return 1 + items + insertPayment(order);
    }

    private void insertItems(long order, int items) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement("INSERT INTO order_items VALUES (?, ?, ?, ?, ?, ?)")) {
            for (int line = 1; line <= items; line++) {
                row.setLong(1, order);
                row.setInt(2, line);
                row.setLong(3, anyProduct());
                SampleShop.fillItem(row, text);
                row.executeUpdate();
            }
        }
    }

    private long insertPayment(long order) throws SQLException {
        if (text.once(3)) {
            return 0;
        }
        try (PreparedStatement row = connection.prepareStatement("INSERT INTO payments VALUES (?, ?, ?, ?, ?, ?)")) {
            row.setLong(2, order);
            SampleShop.fillPayment(row, text, "load-" + writer + "-" + order + "-" + text.below(1_000_000));
            return row.executeUpdate();
        }
    }

    private long changeCustomer() throws SQLException {
        return change(
                "UPDATE customers SET status = ?, full_name = ?, preferences = ?, updated_at = ? WHERE id = ?",
                text.any(SampleShop.CUSTOMER_STATES),
                text.name(),
                text.json(),
                text.moment(),
                anyCustomer());
    }

    /** From one customer's balance to another's: the sum of all balances stays. */
    private long transfer() throws SQLException {
        long first = anyCustomer();
        long second = anyCustomer();
        if (first == second) {
            return 0;
        }
        BigDecimal amount = text.money(50).add(BigDecimal.ONE);
        // In the order of their keys, so that two writers do not wait for each other.
        String update = "UPDATE customers SET balance = balance + ? WHERE id = ?";
        return change(update, amount, Math.min(first, second))
                + change(update, amount.negate(), Math.max(first, second));
    }

    /** Changes a part of the key of one row. */
    private long moveStock() throws SQLException {
        return change(
                "UPDATE IGNORE inventory SET warehouse = ? WHERE product_id = ? LIMIT 1",
                text.any(SampleShop.WAREHOUSES),
                anyProduct());
    }

    /** Changes the keys of several rows of one order. */
    private long renumberItems() throws SQLException {
        return change(
                "UPDATE order_items SET line_number = line_number + 10 WHERE order_id = ? AND line_number < 1000"
                        + " ORDER BY line_number DESC",
                anyOrder());
    }

    private long deleteOrder() throws SQLException {
        long order = anyOrder();
        return change("DELETE FROM payments WHERE order_id = ?", order)
                + change("DELETE FROM order_items WHERE order_id = ?", order)
                + change("DELETE FROM orders WHERE id = ?", order);
    }

    private long review() throws SQLException {
        if (text.once(3)) {
            return change("DELETE FROM reviews WHERE product_id = ? LIMIT 1", anyProduct());
        }
        try (PreparedStatement row = connection.prepareStatement(
                "INSERT INTO reviews (product_id, customer_id, stars, body, written_at) VALUES (?, ?, ?, ?, ?)")) {
            row.setLong(1, anyProduct());
            row.setLong(2, anyCustomer());
            SampleShop.fillReview(row, text);
            return row.executeUpdate();
        }
    }

    private long audit() throws SQLException {
        if (text.once(4)) {
            return change("DELETE FROM audit_log ORDER BY happened_at LIMIT 1");
        }
        try (PreparedStatement row = connection.prepareStatement("INSERT INTO audit_log VALUES (?, ?, ?, ?)")) {
            SampleShop.fillAudit(row, text);
            return row.executeUpdate();
        }
    }

    private long change(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    private long anyCustomer() {
        return 1 + text.below(customersMax);
    }

    private long anyProduct() {
        return 1 + text.below(productsMax);
    }

    private long anyOrder() {
        return 1 + text.below(ordersMax);
    }

    private long max(String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COALESCE(MAX(id), 1) FROM " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static long generatedKey(PreparedStatement statement) throws SQLException {
        try (ResultSet keys = statement.getGeneratedKeys()) {
            keys.next();
            return keys.getLong(1);
        }
    }
}
