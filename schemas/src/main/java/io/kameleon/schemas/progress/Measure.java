package io.kameleon.schemas.progress;

/**
 * What a side counts or states beside its rows, for the metrics of its own process: it is not sent to others. Each is told once per
 * batch, never per row.
 */
public enum Measure {
    READER_EVENTS("kameleon.reader.events", Kind.COUNTER, "type", "Events of the binlog"),
    READER_BYTES("kameleon.reader.bytes", Kind.COUNTER, "", "Bytes of the binlog's events"),
    READER_FILTERED_EVENTS(
            "kameleon.reader.filtered.events",
            Kind.COUNTER,
            "",
            "Rows events of tables that are not replicated, or not any more"),
    READER_LARGE_TRANSACTIONS(
            "kameleon.reader.large.transactions",
            Kind.COUNTER,
            "",
            "Source transactions that took more than one Kafka transaction"),
    READER_QUEUE_BYTES("kameleon.reader.queue.bytes", Kind.GAUGE, "", "Events that waited when last committed"),
    PRODUCER_BYTES("kameleon.producer.bytes", Kind.COUNTER, "", "Bytes of records handed to Kafka"),
    APPLY_LANES("kameleon.apply.lanes", Kind.GAUGE, "", "Connections that apply batches"),
    APPLY_REFUSALS("kameleon.apply.refusals", Kind.COUNTER, "sqlstate", "Rows and tables that PostgreSQL refused"),
    DDL_STATEMENTS("kameleon.ddl.statements", Kind.COUNTER, "outcome", "Changes of tables by schema changes");

    private final String metric;
    private final Kind kind;
    private final String label;
    private final String description;

    /** Whether values are added up. */
    public enum Kind {
        COUNTER,
        GAUGE
    }

    Measure(String metric, Kind kind, String label, String description) {
        this.metric = metric;
        this.kind = kind;
        this.label = label;
        this.description = description;
    }

    /** Words between dots, as Micrometer has it. */
    public String metric() {
        return metric;
    }

    public Kind kind() {
        return kind;
    }

    /** What it is told apart by; empty for nothing. */
    public String label() {
        return label;
    }

    public String description() {
        return description;
    }

    /**
     * One series.
     *
     * @param value of the label; empty without one
     */
    public record Series(Measure measure, String value) {}
}
