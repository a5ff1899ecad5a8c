package io.kameleon.admin.compare;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads a column of the row on which a result stands, in canonical form. */
@FunctionalInterface
interface ValueReader {
    /**
     * @param index from 1
     * @return null for NULL
     */
    String read(ResultSet row, int index) throws SQLException;

    /** The driver's text, canonical as it is or made so. */
    static ValueReader ofText(TextForm form) {
        return (row, index) -> {
            String text = row.getString(index);
            return text == null ? null : form.of(text);
        };
    }

    /** Makes a text canonical; may return null when the value stands for NULL. */
    @FunctionalInterface
    interface TextForm {
        String of(String text);
    }
}
