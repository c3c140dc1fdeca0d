package dev.coterie.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must fail at the end is refused before the first stage, not after minutes of work. */
class EarlyRefusalTest {
    @TempDir Path folder;

    private Terminal.Outcome run(String command, String... more) throws IOException {
        var rows = new StringBuilder("age,city,left\n");
        for (int i = 0; i < 40; i++) {
            rows.append(20 + i).append(i % 2 == 0 ? ",York,yes\n" : ",Hull,no\n");
        }
        Path file = Files.writeString(folder.resolve("people.csv"), rows);
        var arguments = new ArrayList<>(List.of(command, file.toString()));
        arguments.addAll(List.of(more));
        try (var terminal = new Terminal(folder.resolve("data"))) {
            return terminal.run("en", arguments);
        }
    }

    private static void refused(Terminal.Outcome outcome, int exit, String said) {
        assertEquals(exit, outcome.exit(), outcome.said());
        assertTrue(outcome.err().contains(said), outcome.err());
        assertFalse(outcome.err().contains("Stage"), outcome.err());
        assertFalse(outcome.err().contains("\tat "), outcome.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-3", "255"})
    void aNumberOfSegmentsThatNoRunCanMake(String k) throws IOException {
        refused(run("segment", "--k", k, "--out", folder.toString()), 7, "from 1 to 254");
    }

    @Test
    void aFileWhereTheFolderShouldBe() throws IOException {
        Path taken = Files.writeString(folder.resolve("taken"), "mine");
        String said = "Nothing can be written into the folder " + taken;
        refused(run("segment", "--out", taken.toString()), 5, said);
        refused(run("segment", "--out", taken.resolve("deeper").toString()), 5, said);
        refused(run("train", "--target", "left", "--out", taken.toString()), 5, said);
        assertEquals("mine", Files.readString(taken));
    }
}
