package io.kameleon.reader.publish;

import io.kameleon.reader.ddl.SqlMode;
import io.kameleon.reader.ddl.StatementClassifier;
import io.kameleon.schemas.change.TableChange;
import io.kameleon.schemas.table.TableId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Tells the tables that gh-ost and pt-online-schema-change fill with another table's rows, to put them into its place (F31). Their rows
 * are the other table's rows once more, and are not published.
 *
 * <p>gh-ost's are told by their names, which the table filter leaves out. pt-online-schema-change's are told by its triggers: a
 * table is only taken for a shadow once rows get into it by them. What is not recognised is replicated as any table is. One thread only.
 */
final class ShadowTables {
    private static final String PT_TRIGGER = "pt_osc_";
    /** gh-ost cuts the name so that its own is at most 64 characters. */
    private static final int GH_OST_BASE_MAX = 59;

    private static final Pattern PT_UNDERSCORES = Pattern.compile("_{1,10}");

    private final StatementClassifier classifier;
    private final Predicate<TableId> replicated;
    private final Set<TableId> marked = new HashSet<>();
    private final Set<TableId> sequences = new HashSet<>();

    /** @param replicated by the filters of the source */
    ShadowTables(StatementClassifier classifier, Predicate<TableId> replicated) {
        this.classifier = classifier;
        this.replicated = replicated;
    }

    /** Whether rows and changes of the table are the replica's business. */
    boolean isPublished(TableId table) {
        return replicated.test(table) && !marked.contains(table) && !sequences.contains(table);
    }

    /** Whether the table is filled with the rows of {@code base}. */
    boolean isShadowOf(TableId table, TableId base) {
        return table.schema().equals(base.schema()) && (isGhOstsFor(table, base) || marked.contains(table));
    }

    private boolean isGhOstsFor(TableId table, TableId base) {
        String name = base.name().length() > GH_OST_BASE_MAX ? base.name().substring(0, GH_OST_BASE_MAX) : base.name();
        return table.name().equals("_" + name + "_gho") && !replicated.test(table);
    }

    /** The table that a new trigger of pt-online-schema-change fills; empty for any other statement. */
    Optional<TableId> ofTrigger(String statement, String database, SqlMode mode) {
        if (!statement.contains(PT_TRIGGER)) {
            return Optional.empty();
        }
        return classifier
                .trigger(statement, database, mode)
                .filter(trigger -> trigger.name().startsWith(PT_TRIGGER))
                .flatMap(trigger -> trigger.named().stream()
                        .filter(table -> isNewOf(table, trigger.table()))
                        .findFirst());
    }

    /** {@code _x_new}; with more underscores when that name was taken. */
    private static boolean isNewOf(TableId table, TableId base) {
        String suffix = base.name() + "_new";
        return table.schema().equals(base.schema())
                && table.name().endsWith(suffix)
                && PT_UNDERSCORES
                        .matcher(table.name().substring(0, table.name().length() - suffix.length()))
                        .matches();
    }

    /** MariaDB's sequences have rows in the log, which are no table's. */
    void addSequence(TableId sequence) {
        sequences.add(sequence);
    }

    /** A table may come under the name of a sequence that is gone. */
    void forgetSequence(TableId table) {
        sequences.remove(table);
    }

    void mark(TableId shadow) {
        marked.add(shadow);
    }

    /** A shadow that is gone, or has another name, is none any more. */
    void follow(TableChange change) {
        boolean renamed = change instanceof TableChange.Altered altered
                && !altered.before().id().equals(altered.after().id());
        if (renamed || change instanceof TableChange.Dropped) {
            marked.remove(change.table());
        }
    }
}
