package dev.coterie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.config.Release;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    @Test
    void versionIsThatOfTheBuild() throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));
        assertEquals(pom.split("<version>|</version>")[1], Release.VERSION);
    }

    @Test
    void versionIsToldByEveryCommand(@TempDir Path folder) {
        try (var terminal = new Terminal(folder)) {
            String said = "coterie " + Release.VERSION + System.lineSeparator();
            assertEquals(said, terminal.run("en", List.of("--version")).out());
            assertEquals(said, terminal.run("zh-CN", List.of("demo", "-V")).out());
            assertEquals(said, terminal.run("en", List.of("eval", "chat", "--version")).out());
        }
    }

    @Test
    void anErrorIsToldInTheLanguageThatTheCommandWasAskedFor(@TempDir Path folder) {
        try (var terminal = new Terminal(folder)) {
            var arguments = List.of("segment", "none.csv", "--lang", "zh", "--out", "result");
            String said = terminal.run("en", arguments).err();
            assertTrue(said.contains("找不到文件 none.csv。请检查路径。"), said);
        }
    }
}
