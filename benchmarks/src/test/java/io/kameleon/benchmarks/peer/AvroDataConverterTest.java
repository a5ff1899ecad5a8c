package io.kameleon.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AvroDataConverterTest {
    private static final String TOPIC = "shop.orders";

    private final AvroDataConverter converter = new AvroDataConverter();

    @BeforeEach
    void useRegistryInThisProcess() {
        converter.configure(Map.of("schema.registry.url", "mock://converter"), false);
    }

    @Test
    void aRecordComesBackAsItWas() {
        Schema schema = SchemaBuilder.struct()
                .name("shop.orders.Value")
                .field("id", Schema.INT64_SCHEMA)
                .field("total", Decimal.schema(2))
                .field("note", Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        Struct order = new Struct(schema).put("id", 7L).put("total", new BigDecimal("12.50"));

        byte[] bytes = converter.fromConnectData(TOPIC, schema, order);

        assertThat(bytes).startsWith(0);
        Struct back = (Struct) converter.toConnectData(TOPIC, bytes).value();
        assertThat(back.getInt64("id")).isEqualTo(7);
        assertThat(back.get("total")).isEqualTo(new BigDecimal("12.50"));
        assertThat(back.getString("note")).isNull();
    }

    @Test
    void nothingStaysNothing() {
        assertThat(converter.fromConnectData(TOPIC, null, null)).isNull();
        assertThat(converter.toConnectData(TOPIC, null)).isEqualTo(SchemaAndValue.NULL);
    }
}
