package io.kameleon.admin.detach;

import io.kameleon.replay.ddl.ForeignKeys;
import io.kameleon.replay.ddl.ForeignKeys.State;
import java.util.ArrayList;
import java.util.List;

/**
 * What a detachment has done, and what is left to do.
 *
 * @param tables      how many tables were completed
 * @param foreignKeys of all tables, in their order
 * @param notes       what PostgreSQL does not have as the source had it, one sentence each
 */
public record DetachReport(String source, int tables, List<ForeignKeys.Result> foreignKeys, List<String> notes) {
    public DetachReport {
        foreignKeys = List.copyOf(foreignKeys);
        notes = List.copyOf(notes);
    }

    DetachReport with(String note) {
        var more = new ArrayList<>(notes);
        more.add(note);
        return new DetachReport(source, tables, foreignKeys, more);
    }

    public long count(State state) {
        return foreignKeys.stream().filter(key -> key.state() == state).count();
    }

    /** Keys that hold for no row, or not for all. */
    public List<ForeignKeys.Result> failedKeys() {
        return foreignKeys.stream().filter(key -> key.state() != State.VALID).toList();
    }
}
