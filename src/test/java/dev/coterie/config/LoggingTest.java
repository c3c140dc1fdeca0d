package dev.coterie.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.slf4j.LoggerFactory;

class LoggingTest {
    @Test
    void theProgramsOwnLoggingIsTheOneSetHere() {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        assertTrue(context.getLogger("ROOT").getAppender("STDERR") != null);
        assertEquals("ERROR", context.getLogger("ai.djl").getLevel().toString());
    }

    @Test
    @ResourceLock(Resources.SYSTEM_ERR)
    void anEventIsALineAndWhatWasThrownStandsBelowIt() {
        var kept = System.err;
        var out = new ByteArrayOutputStream();
        System.setErr(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            var context = new LoggerContext();
            context.setMDCAdapter(new LogbackMDCAdapter());
            var logging = new Logging();
            logging.setContext(context);
            logging.configure(context);
            context.getLogger("dev.coterie.x").info("read {} rows, 客户", 3);
            context.getLogger("dev.coterie.x").debug("left out");
            context.getLogger("elsewhere").info("left out");
            context.getLogger("elsewhere").warn("odd", new IllegalStateException("why"));
        } finally {
            System.setErr(kept);
        }
        String[] lines = out.toString(StandardCharsets.UTF_8).split("\\R");
        assertTrue(
                lines[0].matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  read 3 rows, 客户"), lines[0]);
        assertTrue(lines[1].matches(".* WARN  odd"), lines[1]);
        assertEquals("java.lang.IllegalStateException: why", lines[2]);
        assertFalse(String.join(" ", lines).contains("left out"));
    }
}
