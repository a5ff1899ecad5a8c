package io.kameleon.admin;

/** One INSERT of many rows, in MySQL's and MariaDB's dialect. */
final class NumberedRows {
    private static final int DIGITS = 10;

    private NumberedRows() {}

    /**
     * @param target  table and columns
     * @param values  expressions of {@code n}, which counts from 0
     * @param rows    how many
     */
    static String insert(String target, String values, int rows) {
        var from = new StringBuilder();
        var number = new StringBuilder();
        long power = 1;
        for (int place = 0; power < rows; place++) {
            from.append(place == 0 ? "" : ", ").append(digits(place));
            number.append(place == 0 ? "" : " + ")
                    .append("d")
                    .append(place)
                    .append(".d * ")
                    .append(power);
            power *= DIGITS;
        }
        return "INSERT INTO " + target + " SELECT " + values + " FROM (SELECT " + number + " AS n FROM " + from
                + ") AS numbers WHERE n < " + rows;
    }

    private static String digits(int place) {
        var digits = new StringBuilder("(SELECT 0 AS d");
        for (int digit = 1; digit < DIGITS; digit++) {
            digits.append(" UNION ALL SELECT ").append(digit);
        }
        return digits.append(") AS d").append(place).toString();
    }
}
