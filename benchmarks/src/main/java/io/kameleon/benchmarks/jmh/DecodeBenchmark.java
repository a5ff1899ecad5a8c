package io.kameleon.benchmarks.jmh;

import io.kameleon.admin.runtime.Installation;
import io.kameleon.admin.runtime.KafkaAccess;
import io.kameleon.admin.runtime.Replica;
import io.kameleon.admin.runtime.SourceSettings;
import io.kameleon.reader.binlog.BinlogEndpoint;
import io.kameleon.reader.binlog.BinlogEvent;
import io.kameleon.reader.binlog.BinlogStream;
import io.kameleon.reader.binlog.RowDecoder;
import io.kameleon.reader.binlog.RowSink;
import io.kameleon.reader.binlog.RowsEventDecoder;
import io.kameleon.reader.binlog.RowsKind;
import io.kameleon.reader.binlog.TableMap;
import io.kameleon.reader.publish.ReadState;
import io.kameleon.reader.publish.ReaderSettings;
import io.kameleon.schemas.row.ZeroDateForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** The reader's row decoding: rows events as a server sent them to Avro binary. One operation is one row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeBenchmark {
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration SILENCE = Duration.ofSeconds(3);

    @Param({"W1", "W2"})
    public JmhWorkload workload;

    private final RowsEventDecoder decoder = new RowsEventDecoder();
    private final List<Rows> events = new ArrayList<>();

    /** A rows event, and what decodes its table. */
    private record Rows(RowsKind kind, int version, byte[] body, RowDecoder decoder) {}

    @Setup
    public void load() throws InterruptedException {
        Installation installation = Installation.load(workload.unread().toString());
        String source = JmhWorkload.SOURCE;
        SourceSettings settings = Replica.settings(installation, source);
        try (KafkaAccess kafka = KafkaAccess.cluster(installation.config())) {
            ReaderSettings reading = settings.reader(kafka);
            ReadState state = reading.stateTopic().load().orElseThrow();
            try (BinlogStream stream = BinlogStream.open(
                    "jmh",
                    BinlogEndpoint.of(reading.address()),
                    reading.serverId(),
                    state.position(),
                    false,
                    HEARTBEAT)) {
                collect(stream, state);
            }
        }
    }

    private void collect(BinlogStream stream, ReadState state) throws InterruptedException {
        Map<Long, RowDecoder> decoders = new HashMap<>();
        long lastNanos = System.nanoTime();
        while (System.nanoTime() - lastNanos < SILENCE.toNanos()) {
            BinlogEvent event = stream.poll(HEARTBEAT);
            if (event == null) {
                continue;
            }
            switch (event.type()) {
                case TABLE_MAP -> {
                    TableMap map = TableMap.parse(event.body());
                    if (state.tables().containsKey(map.table())) {
                        decoders.put(
                                map.tableId(), RowDecoder.of(state.tables().get(map.table()), map, ZeroDateForm.NULL));
                    }
                }
                case WRITE_ROWS_V1, WRITE_ROWS_V2 -> add(event, RowsKind.WRITE, decoders);
                case UPDATE_ROWS_V1, UPDATE_ROWS_V2 -> add(event, RowsKind.UPDATE, decoders);
                case DELETE_ROWS_V1, DELETE_ROWS_V2 -> add(event, RowsKind.DELETE, decoders);
                case HEARTBEAT -> {
                    continue; // silence
                }
                default -> lastNanos = System.nanoTime();
            }
        }
    }

    private void add(BinlogEvent event, RowsKind kind, Map<Long, RowDecoder> decoders) {
        RowDecoder table = decoders.get(TableMap.tableId(event.body()));
        if (table != null) {
            int version = event.type().name().endsWith("V1") ? 1 : 2;
            events.add(new Rows(kind, version, event.body(), table));
        }
    }

    @Benchmark
    @OperationsPerInvocation(JmhWorkload.ROWS)
    public void rowToAvro(Blackhole blackhole) {
        RowSink sink = blackhole::consume;
        for (Rows event : events) {
            decoder.decode(event.kind, event.version, event.body, event.decoder, sink);
        }
    }
}
