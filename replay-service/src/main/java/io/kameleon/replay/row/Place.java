package io.kameleon.replay.row;

import io.kameleon.schemas.error.ErrorCode;
import io.kameleon.schemas.error.ReplicationException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which column an encoder serves, for its messages. */
record Place(String table, String column, String type) {
    ReplicationException outOfRange() {
        return new ReplicationException(
                ErrorCode.VALUE_OUT_OF_RANGE,
                "A value does not fit the destination's type",
                where(),
                "Widen the column in PostgreSQL or change its type_override, then copy the table again.");
    }

    ReplicationException malformed(String what) {
        return new ReplicationException(
                ErrorCode.VALUE_MALFORMED, what, where(), "Correct the row on the source: its next change is applied.");
    }

    ReplicationException zeroDate() {
        return malformed("A date is zero or not in the calendar, and zero_dates is error");
    }

    ReplicationException unsupported(Object shape) {
        return new ReplicationException(
                ErrorCode.TYPE_UNSUPPORTED,
                "Values of shape " + shape + " cannot be written into the destination's type",
                where(),
                "Give the column another type in PostgreSQL or in type_override, or leave the table out with skip_tables.");
    }

    private Map<String, Object> where() {
        var where = new LinkedHashMap<String, Object>();
        where.put("table", table);
        where.put("column", column);
        where.put("type", type);
        return where;
    }
}
