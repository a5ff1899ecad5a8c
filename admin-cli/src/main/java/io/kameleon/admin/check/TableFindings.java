package io.kameleon.admin.check;

import io.kameleon.admin.check.SourceFinding.Severity;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.reader.server.ServerFlavour;
import io.kameleon.replay.ddl.DestinationNames;
import io.kameleon.schemas.error.ReplicationException;
import io.kameleon.schemas.row.RowSchemas;
import io.kameleon.schemas.table.ColumnDefinition;
import io.kameleon.schemas.table.ForeignKeyDefinition;
import io.kameleon.schemas.table.ForeignKeyDefinition.Action;
import io.kameleon.schemas.table.IndexDefinition;
import io.kameleon.schemas.table.TableDefinition;
import io.kameleon.schemas.table.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a table's definition says about its replica. One table per instance. */
final class TableFindings {
    private final SourceSettings settings;
    private final TableDefinition table;
    private final Cascades cascades;
    private final ServerFlavour flavour;
    private final List<SourceFinding> findings = new ArrayList<>();

    /** Whether the server logs the rows that its foreign keys change (F5). */
    enum Cascades {
        LOGGED,
        NOT_LOGGED
    }

    TableFindings(SourceSettings settings, TableDefinition table, Cascades cascades, ServerFlavour flavour) {
        this.settings = settings;
        this.table = table;
        this.cascades = cascades;
        this.flavour = flavour;
    }

    List<SourceFinding> find() {
        types();
        key();
        foreignKeys();
        uniqueKeys();
        names();
        generatedColumns();
        return findings;
    }

    private void types() {
        try {
            RowSchemas.of(settings.topics().rows(settings.source().name()), table);
            table.columns().forEach(column -> settings.types().map(table.id(), column));
            DestinationNames.check(table);
        } catch (ReplicationException e) {
            add(
                    Severity.BLOCKS,
                    e.code().name(),
                    e.getMessage(),
                    "Without a change the table is left out of the copy.");
        }
        long flags = table.columns().stream()
                .filter(c -> c.type().kind() == TypeKind.TINYINT && c.type().length() == 1)
                .filter(c -> settings.types().map(table.id(), c).text().equals("smallint"))
                .count();
        if (flags > 0) {
            add(
                    Severity.NOTE,
                    "TINYINT_1",
                    flags + " column(s) of type tinyint(1) become smallint",
                    "For boolean set type_override with override_to boolean.");
        }
    }

    private void key() {
        if (table.identity().isEmpty()) {
            add(
                    Severity.RISK,
                    "NO_KEY",
                    "it has no primary key, and no unique key on columns that are NOT NULL: rows are found by all their"
                            + " values, one by one",
                    "Add a primary key.");
        }
    }

    private void foreignKeys() {
        for (ForeignKeyDefinition key : table.foreignKeys()) {
            boolean acts = changesRows(key.onDelete()) || changesRows(key.onUpdate());
            if (acts && cascades == Cascades.NOT_LOGGED) {
                add(
                        Severity.RISK,
                        "CASCADE",
                        "foreign key '" + key.name() + "' changes rows of it (ON DELETE " + key.onDelete()
                                + ", ON UPDATE " + key.onUpdate()
                                + "), and this server does not write them to the binlog",
                        "Run 'kameleon compare' from time to time.");
            }
        }
    }

    private static boolean changesRows(Action action) {
        return action != Action.RESTRICT;
    }

    /** F67. */
    private void uniqueKeys() {
        Stream.concat(
                        Stream.of(table.primaryKey()),
                        table.indexes().stream()
                                .filter(IndexDefinition::isUnique)
                                .map(i -> i.parts().stream()
                                        .map(IndexDefinition.Part::column)
                                        .toList()))
                .flatMap(List::stream)
                .distinct()
                .flatMap(name -> table.column(name).stream())
                .filter(TableFindings::ignoresCase)
                .forEach(column -> add(
                        Severity.NOTE,
                        "CASE_INSENSITIVE_KEY",
                        "unique column '" + column.name() + "' compares by "
                                + column.type().collation() + " on the source, and by exact characters in PostgreSQL",
                        "Look at the application's searches in this column."));
    }

    private static boolean ignoresCase(ColumnDefinition column) {
        String collation = column.type().collation();
        return column.type().kind().isText() && (collation.endsWith("_ci") || collation.contains("_ci_"));
    }

    private void names() {
        shortened("table", table.id().name(), DestinationNames.table(table.id().name()));
        table.columns().forEach(c -> shortened("column", c.name(), DestinationNames.column(c.name())));
        for (IndexDefinition index : table.indexes()) {
            String full = table.id().name() + "__" + index.name();
            String name = DestinationNames.index(table.id().name(), index.name());
            if (full.length() > name.length() || name.length() >= DestinationNames.NAME_BYTES_MAX) {
                shortened("index", index.name(), name);
            }
        }
    }

    private void shortened(String what, String name, String destination) {
        if (!name.equals(destination)) {
            add(Severity.NOTE, "NAME", what + " '" + name + "' is called '" + destination + "' in PostgreSQL", "");
        }
    }

    private void generatedColumns() {
        List<String> names = table.columns().stream()
                .filter(ColumnDefinition::generated)
                .map(ColumnDefinition::name)
                .toList();
        if (!names.isEmpty()) {
            add(
                    Severity.NOTE,
                    "GENERATED",
                    "generated columns become plain ones, filled by the source: " + String.join(", ", names),
                    flavour == ServerFlavour.MARIADB
                            ? "MariaDB 11.8 does not log them in updates; each then costs the table another copy."
                            : "");
        }
    }

    private void add(Severity severity, String code, String finding, String remedy) {
        findings.add(new SourceFinding(severity, table.id().toString(), code, finding, remedy));
    }
}
