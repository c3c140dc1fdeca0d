package dev.coterie.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * How many of 100 names and addresses in free text are masked, and how many ordinary sentences are
 * left alone. The sentences are in {@code names-and-addresses.txt}: a span stands in double
 * brackets; a sentence without one is ordinary. The patterns were made with these in view, so the
 * recall is an upper bound of what other texts would show.
 */
class NamesAndAddressesTest {
    private static final Pattern SPAN = Pattern.compile("\\[\\[(.+?)]]");

    private static Map<String, List<String>> sentences() throws IOException {
        var out = new TreeMap<String, List<String>>();
        try (InputStream in =
                NamesAndAddressesTest.class.getResourceAsStream("/llm/names-and-addresses.txt")) {
            String kind = "";
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith("# ")) kind = line.substring(2);
                else if (!line.isBlank())
                    out.computeIfAbsent(kind, k -> new ArrayList<>()).add(line);
            }
        }
        return out;
    }

    @Test
    void mostAreMaskedAndOrdinarySentencesStay() throws IOException {
        int spans = 0;
        int found = 0;
        int clean = 0;
        int touched = 0;
        var missed = new ArrayList<String>();
        for (var kind : sentences().entrySet()) {
            int here = 0;
            int all = 0;
            for (String sentence : kind.getValue()) {
                Matcher span = SPAN.matcher(sentence);
                if (!span.find()) {
                    clean++;
                    if (!PersonalData.mask(sentence).equals(sentence)) touched++;
                    continue;
                }
                all++;
                String masked = PersonalData.mask(span.replaceAll("$1"));
                if (masked.contains(
                        SPAN.matcher(sentence).results().findFirst().orElseThrow().group(1)))
                    missed.add(sentence);
                else here++;
            }
            if (all > 0) System.out.println(kind.getKey() + ": " + here + " of " + all + " masked");
            spans += all;
            found += here;
        }
        System.out.println(
                "names and addresses: recall "
                        + found
                        + " of "
                        + spans
                        + ", ordinary sentences touched "
                        + touched
                        + " of "
                        + clean);
        assertEquals(100, spans);
        assertTrue(clean >= 40);
        assertTrue(found >= FLOOR, "missed: " + missed);
        assertTrue(touched <= 1, touched + " ordinary sentences touched");
    }

    /** What the patterns reach today; a name without any cue beside it is not found. */
    private static final int FLOOR = 95;
}
