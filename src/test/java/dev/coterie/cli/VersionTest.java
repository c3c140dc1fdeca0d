package dev.coterie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coterie.config.Release;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionTest {
    @Test
    void isThatOfTheBuild() throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));
        assertEquals(pom.split("<version>|</version>")[1], Release.VERSION);
    }

    @Test
    void isToldByEveryCommand(@TempDir Path folder) {
        try (var terminal = new Terminal(folder)) {
            String said = "coterie " + Release.VERSION + System.lineSeparator();
            assertEquals(said, terminal.run("en", List.of("--version")).out());
            assertEquals(said, terminal.run("zh-CN", List.of("demo", "-V")).out());
            assertEquals(said, terminal.run("en", List.of("eval", "chat", "--version")).out());
        }
    }
}
