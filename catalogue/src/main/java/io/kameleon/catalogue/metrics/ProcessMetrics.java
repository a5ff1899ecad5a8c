package io.kameleon.catalogue.metrics;

import io.kameleon.schemas.progress.ProgressMeter;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmHeapPressureMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.jmx.JmxConfig;
import io.micrometer.jmx.JmxMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.Collector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The metrics of a process: of the Java machine, of what its meters count, and of what others add to {@link #registry()}; for
 * Prometheus by {@link #scrape()} and in JMX under the domain {@code kameleon}. Every name is in {@code docs/metrics.md}.
 * Thread-safe.
 */
public final class ProcessMetrics implements AutoCloseable {
    private static final String JMX_DOMAIN = "kameleon";

    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CompositeMeterRegistry all = new CompositeMeterRegistry();
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private final JvmHeapPressureMetrics pressure = new JvmHeapPressureMetrics();
    private final boolean tables;
    private final List<SideMetrics> sides = new CopyOnWriteArrayList<>();

    /** @param tables whether tables get series of their own */
    public ProcessMetrics(String service, boolean tables) {
        this.tables = tables;
        all.add(prometheus);
        all.add(new JmxMeterRegistry(jmx(), Clock.SYSTEM));
        new ClassLoaderMetrics().bindTo(all);
        new JvmMemoryMetrics().bindTo(all);
        new JvmThreadMetrics().bindTo(all);
        new ProcessorMetrics().bindTo(all);
        new FileDescriptorMetrics().bindTo(all);
        new UptimeMetrics().bindTo(all);
        garbage.bindTo(all);
        pressure.bindTo(all);
        Gauge.builder("kameleon.build.info", () -> 1)
                .description("1, with what runs")
                .tag("service", service)
                .tag("version", version())
                .register(all);
    }

    private static JmxConfig jmx() {
        return new JmxConfig() {
            @Override
            public String get(String key) {
                return null;
            }

            @Override
            public String domain() {
                return JMX_DOMAIN;
            }
        };
    }

    private static String version() {
        String version = ProcessMetrics.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** @param configHash tells one state of the source's configuration from another */
    public void add(ProgressMeter meter, String configHash) {
        var side = new SideMetrics(meter, all, tables, configHash);
        sides.add(side);
        side.histograms().forEach(prometheus.getPrometheusRegistry()::register);
    }

    /** Takes away what {@link #add(ProgressMeter, String)} has added: another process works for the source from now on. */
    public void remove(ProgressMeter meter) {
        sides.stream().filter(side -> side.meter() == meter).forEach(side -> {
            side.unbind();
            side.histograms().forEach(prometheus.getPrometheusRegistry()::unregister);
            sides.remove(side);
        });
    }

    /** Where what is not a meter's is added. */
    public MeterRegistry registry() {
        return all;
    }

    /** Adds what Micrometer has no form for: series whose labels come and go, counted histograms. For Prometheus only. */
    public void add(Collector collector) {
        prometheus.getPrometheusRegistry().register(collector);
    }

    /** Brings the values up to now: for JMX, which asks for single values. */
    public void refresh() {
        sides.forEach(SideMetrics::refresh);
    }

    /** All series in Prometheus's text format. */
    public String scrape() {
        refresh();
        return prometheus.scrape();
    }

    @Override
    public void close() {
        garbage.close();
        pressure.close();
        all.close();
    }
}
