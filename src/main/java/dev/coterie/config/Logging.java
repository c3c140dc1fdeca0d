package dev.coterie.config;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * What is logged, and how: one line an event on standard error, as detailed as {@code COTERIE_LOG}
 * says. Found by Logback as a service; reading the same from XML takes a quarter of a second of
 * each start. A file named by {@code -Dlogback.configurationFile} goes before it.
 */
public final class Logging extends ContextAwareBase implements Configurator {
    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        var line = new Line();
        line.setContext(context);
        line.start();
        var standardError = new ConsoleAppender<ILoggingEvent>();
        standardError.setContext(context);
        standardError.setName("STDERR");
        standardError.setTarget(ConsoleTarget.SystemErr.getName());
        standardError.setEncoder(line);
        standardError.start();
        context.getLogger("ai.djl").setLevel(Level.ERROR);
        context.getLogger("dev.coterie")
                .setLevel(Level.toLevel(System.getenv("COTERIE_LOG"), Level.INFO));
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(standardError);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** {@code 14:03:59.120 INFO message}, and below it what was thrown. */
    private static final class Line extends EncoderBase<ILoggingEvent> {
        private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

        @Override
        public byte[] encode(ILoggingEvent event) {
            var line = new StringBuilder(120);
            TIME.formatTo(
                    Instant.ofEpochMilli(event.getTimeStamp()).atZone(ZoneId.systemDefault()),
                    line);
            String level = event.getLevel().toString();
            line.append(' ').append(level).append(" ".repeat(Math.max(1, 6 - level.length())));
            line.append(event.getFormattedMessage()).append(System.lineSeparator());
            if (event.getThrowableProxy() != null) {
                line.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
            return line.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] headerBytes() {
            return new byte[0];
        }

        @Override
        public byte[] footerBytes() {
            return new byte[0];
        }
    }
}
