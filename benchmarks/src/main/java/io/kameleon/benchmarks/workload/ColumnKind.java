package io.kameleon.benchmarks.workload;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The column types of the workloads: those that every contender maps without loss, each with a text form that MySQL and
 * PostgreSQL spell alike, so that both sides can be compared by sums over it.
 */
public enum ColumnKind {
    SMALLINT("SMALLINT", "smallint"),
    INT("INT", "integer"),
    BIGINT("BIGINT", "bigint"),
    DECIMAL("DECIMAL(12,2)", "numeric(12,2)"),
    DOUBLE("DOUBLE", "double precision"),
    DATE("DATE", "date"),
    DATETIME("DATETIME(6)", "timestamp(6)"),
    CHAR("CHAR(8)", "char(8)"),
    SHORT_TEXT("VARCHAR(40)", "varchar(40)"),
    LONG_TEXT("VARCHAR(400)", "varchar(400)");

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789";
    private static final int EIGHTHS = 8;

    private final String mysqlType;
    private final String postgresType;

    ColumnKind(String mysqlType, String postgresType) {
        this.mysqlType = mysqlType;
        this.postgresType = postgresType;
    }

    public String mysqlType() {
        return mysqlType;
    }

    public String postgresType() {
        return postgresType;
    }

    /** An SQL expression of MySQL for the column's comparable text. */
    String mysqlText(String column) {
        return switch (this) {
            case DOUBLE -> "CAST(ROUND(" + column + " * 8) AS SIGNED)";
            case DATETIME -> "DATE_FORMAT(" + column + ", '%Y-%m-%d %H:%i:%s.%f')";
            default -> column;
        };
    }

    /** An SQL expression of PostgreSQL for the same text. */
    String postgresText(String column) {
        return switch (this) {
            case DOUBLE -> "round(" + column + " * 8)::bigint";
            case DATETIME -> "to_char(" + column + ", 'YYYY-MM-DD HH24:MI:SS.US')";
            case CHAR -> "rtrim(" + column + "::text)";
            default -> column;
        };
    }

    /** Appends a literal that both servers take. */
    void appendLiteral(StringBuilder sql, SplittableRandom random) {
        switch (this) {
            case SMALLINT -> sql.append(random.nextInt(-30_000, 30_000));
            case INT -> sql.append(random.nextInt());
            case BIGINT -> sql.append(random.nextLong());
            case DECIMAL -> decimal(sql, random.nextLong(1_000_000_000L));
            case DOUBLE -> sql.append(random.nextInt(1_000_000) / (double) EIGHTHS);
            case DATE -> sql.append('\'').append(day(random)).append('\'');
            case DATETIME -> sql.append('\'').append(moment(random)).append('\'');
            case CHAR -> text(sql, random, 8);
            case SHORT_TEXT -> text(sql, random, random.nextInt(8, 33));
            case LONG_TEXT -> text(sql, random, random.nextInt(80, 161));
        }
    }

    private static void decimal(StringBuilder sql, long hundredths) {
        long rest = hundredths % 100;
        sql.append(hundredths / 100).append(rest < 10 ? ".0" : ".").append(rest);
    }

    private static String day(SplittableRandom random) {
        return String.format(
                Locale.ROOT,
                "%04d-%02d-%02d",
                random.nextInt(1990, 2030),
                random.nextInt(1, 13),
                random.nextInt(1, 29));
    }

    private static String moment(SplittableRandom random) {
        return String.format(
                Locale.ROOT,
                "%s %02d:%02d:%02d.%06d",
                day(random),
                random.nextInt(24),
                random.nextInt(60),
                random.nextInt(60),
                random.nextInt(1_000_000));
    }

    /** Ends in a letter: CHAR loses spaces at its end. */
    private static void text(StringBuilder sql, SplittableRandom random, int length) {
        sql.append('\'');
        long bits = 0;
        for (int i = 0; i < length - 1; i++) {
            if (i % 10 == 0) {
                bits = random.nextLong();
            }
            sql.append(LETTERS.charAt((int) (bits & 63)));
            bits >>>= 6;
        }
        sql.append("x'");
    }
}
