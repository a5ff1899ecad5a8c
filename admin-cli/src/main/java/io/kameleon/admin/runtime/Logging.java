package io.kameleon.admin.runtime;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import io.kameleon.catalogue.config.GlobalConfig;
import io.kameleon.catalogue.config.GlobalConfig.LogDestination;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Where the log goes: warnings to standard error for a short command, everything of note for a replica. */
public final class Logging {
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level [%thread] %msg%n%ex";
    private static final String OURS = "io.kameleon";

    private Logging() {}

    /** For a command that shows its own output. */
    public static void console(boolean debug) {
        context().getLogger(OURS).setLevel(debug ? Level.DEBUG : Level.WARN);
    }

    /** For a replica in the foreground: on standard error. */
    public static void replica(GlobalConfig global, boolean debug) {
        context().getLogger(OURS).setLevel(debug ? Level.DEBUG : level(global));
    }

    /** For a daemon, by {@code log_dest}: to its standard error, or into {@code <log_dir>/<source>.log}, a file a day and every 100 MB, kept {@code log_days_keep} days. */
    public static void daemon(GlobalConfig global, String source, boolean debug) {
        replica(global, debug);
        if (global.logDest() == LogDestination.FILE) {
            intoFile(global, source);
        }
    }

    private static void intoFile(GlobalConfig global, String source) {
        LoggerContext context = context();
        Path file = global.logDir().resolve(source + ".log");
        var appender = new RollingFileAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setFile(file.toString());
        var policy = new SizeAndTimeBasedRollingPolicy<ILoggingEvent>();
        policy.setContext(context);
        policy.setParent(appender);
        policy.setFileNamePattern(
                global.logDir().resolve(source + ".%d{yyyy-MM-dd}.%i.log").toString());
        policy.setMaxFileSize(FileSize.valueOf("100MB"));
        policy.setMaxHistory(global.logDaysKeep());
        policy.setCleanHistoryOnStart(true); // a daemon may be stopped at midnight, when it is done otherwise
        policy.start();
        appender.setRollingPolicy(policy);
        appender.setEncoder(encoder(context));
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(appender);
    }

    private static PatternLayoutEncoder encoder(LoggerContext context) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }

    private static Level level(GlobalConfig global) {
        return switch (global.logLevel()) {
            case DEBUG -> Level.DEBUG;
            case INFO -> Level.INFO;
            case WARNING -> Level.WARN;
            case ERROR -> Level.ERROR;
        };
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
}
