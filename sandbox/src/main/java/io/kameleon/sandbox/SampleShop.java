package io.kameleon.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;

/**
 * The sample schema: eight tables of a shop, with the everyday types, a composite key, foreign keys and one table without
 * a key ({@code audit_log}). The same seed gives the same rows. The sum of {@code customers.balance} never changes under
 * {@link ShopLoad}: whoever reads a replica sees at once whether it shows whole transactions.
 *
 * <p>Works on MariaDB and MySQL. Not thread-safe.
 */
public final class SampleShop {
    public static final String SCHEMA = "shop";
    public static final List<String> TABLES =
            List.of("customers", "products", "orders", "order_items", "payments", "reviews", "inventory", "audit_log");

    static final List<String> WAREHOUSES = List.of("BER", "LIS", "OSL", "ZRH");
    static final List<String> ORDER_STATES = List.of("open", "paid", "shipped", "returned", "it's complicated");
    static final List<String> CUSTOMER_STATES = List.of("new", "active", "blocked");
    static final List<String> PAYMENT_METHODS = List.of("card", "transfer", "cash");

    private static final List<String> INTERESTS = List.of("", "books", "music,sport", "books,garden,kitchen");
    private static final int BATCH_ROWS = 1000;
    private static final int MINIMUM_ROWS = 100;

    private final Connection connection;
    private final ShopText text;

    private SampleShop(Connection connection, ShopText text) {
        this.connection = connection;
        this.text = text;
    }

    /**
     * Creates the schema, which must not exist, with its tables and rows.
     *
     * @param schema the schema's name, usually {@link #SCHEMA}
     * @param rows   about how many rows in all tables together, at least 100
     */
    public static void create(Connection connection, String schema, int rows, long seed) throws SQLException {
        if (rows < MINIMUM_ROWS) {
            throw new IllegalArgumentException("rows " + rows + " is below " + MINIMUM_ROWS);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE `" + schema + "` CHARACTER SET utf8mb4");
            connection.setCatalog(schema);
            statement.execute("SET time_zone = '+00:00'");
            for (String table : definitions()) {
                statement.execute(table);
            }
        }
        connection.setAutoCommit(false);
        try {
            new SampleShop(connection, new ShopText(new Random(seed))).fill(rows);
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** The tables' row counts added up. */
    public static long countRows(Connection connection, String schema) throws SQLException {
        long rows = 0;
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                try (ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM `" + schema + "`." + table)) {
                    count.next();
                    rows += count.getLong(1);
                }
            }
        }
        return rows;
    }

    private void fill(int rows) throws SQLException {
        int customers = rows / 10;
        int products = rows / 20;
        int orders = rows / 5;
        insert(
                "customers (email, full_name, status, interests, balance, born, preferences, created_at, updated_at, id)",
                10,
                customers,
                this::customer);
        insert(
                "products (sku, name, description, price, weight, rating, released, available, thumbnail, attributes, id)",
                11,
                products,
                this::product);
        insert("orders (customer_id, status, placed_at, ship_by, total, note, id)", 7, orders, (row, order) -> {
            row.setLong(1, 1 + text.below(customers));
            fillOrder(row, text);
            row.setInt(7, 1 + order);
        });
        insert(
                "order_items (order_id, line_number, product_id, quantity, unit_price, discount_percent)",
                6,
                2 * orders,
                (row, item) -> {
                    row.setInt(1, 1 + item / 2);
                    row.setInt(2, 1 + item % 2);
                    row.setInt(3, 1 + text.below(products));
                    fillItem(row, text);
                });
        insert("payments (id, order_id, method, amount, reference, paid_at)", 6, rows * 3 / 20, (row, payment) -> {
            row.setLong(2, 1 + text.below(orders));
            fillPayment(row, text, "seed-" + payment);
        });
        insert("reviews (product_id, customer_id, stars, body, written_at)", 5, rows / 25, (row, review) -> {
            row.setInt(1, 1 + text.below(products));
            row.setLong(2, 1 + text.below(customers));
            fillReview(row, text);
        });
        insert("inventory (warehouse, product_id, on_hand, reserved, counted_at, flags)", 6, products, this::stock);
        insert("audit_log (happened_at, actor, action, detail)", 4, rows / 100, (row, entry) -> fillAudit(row, text));
    }

    private void customer(PreparedStatement row, int number) throws SQLException {
        row.setString(1, "customer" + number + "@example.org");
        row.setString(2, text.name());
        row.setString(3, text.any(CUSTOMER_STATES));
        row.setString(4, text.once(5) ? null : text.any(INTERESTS));
        row.setBigDecimal(5, text.money(10_000));
        row.setObject(6, text.once(4) ? null : text.day());
        row.setString(7, text.once(3) ? null : text.json());
        row.setObject(8, text.moment().withNano(0));
        row.setObject(9, text.once(2) ? null : text.moment());
        row.setInt(10, 1 + number); // a server may leave gaps between generated numbers
    }

    private void product(PreparedStatement row, int number) throws SQLException {
        row.setString(1, "SKU-%08d".formatted(number));
        row.setString(2, text.text(4));
        row.setString(3, text.once(10) ? null : text.text(60));
        row.setBigDecimal(4, text.money(2_000));
        row.setDouble(5, text.below(100_000) / 7.0);
        row.setFloat(6, text.below(50) / 10f);
        row.setInt(7, 1990 + text.below(40));
        row.setBoolean(8, !text.once(6));
        row.setBytes(9, text.once(3) ? null : text.bytes(300));
        row.setString(10, text.json());
        row.setInt(11, 1 + number);
    }

    private void stock(PreparedStatement row, int number) throws SQLException {
        row.setString(1, WAREHOUSES.get(number % WAREHOUSES.size()));
        row.setInt(2, 1 + number);
        row.setInt(3, text.below(1000));
        row.setInt(4, text.below(20));
        row.setString(
                5, "%02d:%02d:%02d.%03d".formatted(text.below(24), text.below(60), text.below(60), text.below(1000)));
        row.setInt(6, text.below(256));
    }

    /** Columns 2 to 6: status, placed_at, ship_by, total, note. */
    static void fillOrder(PreparedStatement row, ShopText text) throws SQLException {
        row.setString(2, text.any(ORDER_STATES));
        row.setObject(3, text.moment());
        row.setObject(4, text.once(3) ? null : text.moment().toLocalDate());
        row.setBigDecimal(5, text.money(50_000));
        row.setString(6, text.once(2) ? null : text.text(20));
    }

    /** Columns 4 to 6: quantity, unit_price, discount_percent. */
    static void fillItem(PreparedStatement row, ShopText text) throws SQLException {
        row.setInt(4, 1 + text.below(12));
        row.setBigDecimal(5, text.money(2_000));
        row.setBigDecimal(6, text.once(3) ? null : text.money(99));
    }

    /** Columns 1 and 3 to 6: id, method, amount, reference, paid_at. */
    static void fillPayment(PreparedStatement row, ShopText text, String reference) throws SQLException {
        row.setBytes(1, text.key());
        row.setString(3, text.any(PAYMENT_METHODS));
        row.setBigDecimal(4, text.money(50_000));
        row.setString(5, text.once(4) ? null : reference);
        row.setObject(6, text.once(5) ? null : text.moment());
    }

    /** Columns 3 to 5: stars, body, written_at. */
    static void fillReview(PreparedStatement row, ShopText text) throws SQLException {
        row.setInt(3, 1 + text.below(5));
        row.setString(4, text.text(200));
        row.setObject(5, text.moment().withNano(0));
    }

    /** Columns 1 to 4: happened_at, actor, action, detail. */
    static void fillAudit(PreparedStatement row, ShopText text) throws SQLException {
        row.setObject(1, text.moment());
        row.setString(2, text.any(List.of("cron", "café", "admin")));
        row.setString(3, text.any(List.of("login", "price change", "export")));
        row.setString(4, text.once(4) ? null : text.json());
    }

    /** Sets the columns of one row. */
    private interface RowFiller {
        void fill(PreparedStatement row, int number) throws SQLException;
    }

    private void insert(String columns, int columnCount, int rows, RowFiller filler) throws SQLException {
        String marks = "?" + ", ?".repeat(columnCount - 1);
        try (PreparedStatement row =
                connection.prepareStatement("INSERT INTO " + columns + " VALUES (" + marks + ")")) {
            for (int number = 0; number < rows; number++) {
                filler.fill(row, number);
                row.addBatch();
                if ((number + 1) % BATCH_ROWS == 0) {
                    row.executeBatch();
                    connection.commit();
                }
            }
            row.executeBatch();
            connection.commit();
        }
    }

    private static List<String> definitions() {
        try (InputStream script = SampleShop.class.getResourceAsStream("shop.sql")) {
            String all = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            return List.of(all.strip().split(";\\s*", -1)).stream()
                    .filter(definition -> !definition.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
