package io.kameleon.replay.ddl;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Renames of things of one kind in the order that never meets a name in use: through temporary names when a new name is
 * another's old one, as in a swap.
 */
final class Renaming {
    private final Statement statement;
    private final List<String> from = new ArrayList<>();
    private final List<String> to = new ArrayList<>();

    /** Writes one rename. */
    @FunctionalInterface
    interface Statement {
        String rename(String from, String to);
    }

    Renaming(Statement statement) {
        this.statement = requireNonNull(statement, "statement");
    }

    void add(String oldName, String newName) {
        if (!oldName.equals(newName)) {
            from.add(oldName);
            to.add(newName);
        }
    }

    List<String> statements() {
        var statements = new ArrayList<String>();
        if (!overlaps()) {
            for (int i = 0; i < from.size(); i++) {
                statements.add(statement.rename(from.get(i), to.get(i)));
            }
            return statements;
        }
        for (int i = 0; i < from.size(); i++) {
            statements.add(statement.rename(from.get(i), temporary(i)));
        }
        for (int i = 0; i < from.size(); i++) {
            statements.add(statement.rename(temporary(i), to.get(i)));
        }
        return statements;
    }

    private boolean overlaps() {
        Set<String> old = new HashSet<>(from);
        return to.stream().anyMatch(old::contains);
    }

    /** Gone again within the transaction. */
    static String temporary(int number) {
        return "_kameleon_rename_" + number;
    }
}
