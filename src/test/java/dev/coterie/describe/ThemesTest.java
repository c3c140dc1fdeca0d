package dev.coterie.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.prepare.CustomerText;
import dev.coterie.words.WrittenWords;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThemesTest {
    private static final int CUSTOMERS = 400;

    /** Even customers are segment 0 and write of coats, odd ones segment 1 and write of hats. */
    private static List<CustomerText> texts(boolean[] heldOut, double heavyRating) {
        var texts = new ArrayList<CustomerText>();
        for (int i = 0; i < CUSTOMERS; i++) {
            String number = "note" + (char) ('a' + i / 26) + (char) ('a' + i % 26);
            String said = i % 2 == 0 ? "a coat for winter " : "a hat for winter ";
            if (i % 6 == 0) said += "though the fabric is heavy ";
            if (heldOut[i] && i % 2 == 0) said += "umbrella ";
            double rating = i % 6 == 0 ? heavyRating : 4 + i % 2;
            texts.add(
                    new CustomerText(
                            i, said + number, "reviews.csv", "text", i, Long.MIN_VALUE, rating));
        }
        return texts;
    }

    private static int[] labels() {
        return IntStream.range(0, CUSTOMERS).map(i -> i % 2).toArray();
    }

    @Test
    void heldOutCustomersHaveNoSayButAreCounted() {
        boolean[] heldOut = new boolean[CUSTOMERS];
        for (int i = 0; i < CUSTOMERS; i += 8) heldOut[i] = true;
        List<Theme> coats =
                Themes.of(WrittenWords.of(texts(heldOut, 4)), labels(), 2, c -> true, heldOut)
                        .get(0);
        assertFalse(coats.stream().anyMatch(t -> t.word().contains("umbrella")), coats.toString());
        Theme coat = coats.stream().filter(t -> t.word().equals("coat")).findFirst().orElseThrow();
        assertEquals(CUSTOMERS / 2, coat.customers());
        List<Theme> all =
                Themes.of(
                                WrittenWords.of(texts(heldOut, 4)),
                                labels(),
                                2,
                                c -> true,
                                new boolean[CUSTOMERS])
                        .get(0);
        assertTrue(all.stream().anyMatch(t -> t.word().contains("umbrella")), all.toString());
    }

    @Test
    void copiesOfATextHaveNoSayButTheirWritersAreCounted() {
        boolean[] none = new boolean[CUSTOMERS];
        List<CustomerText> texts = new ArrayList<>(texts(none, 4));
        // Forty customers of segment 0 hand in one text, ten more vary it.
        for (int i = 0; i < 100; i += 2) {
            String said = "Coats of great umbrellas arrived yesterday";
            if (i >= 80) said = "Coat number " + (char) ('a' + i - 80) + "x came by " + "umbrella";
            texts.set(i, new CustomerText(i, said, "reviews.csv", "text", i, Long.MIN_VALUE, 4));
        }
        List<Theme> found = Themes.of(WrittenWords.of(texts), labels(), 2, c -> true, none).get(0);
        Theme umbrella =
                found.stream().filter(t -> t.word().equals("umbrella")).findFirst().orElseThrow();
        assertEquals(50, umbrella.customers());
        assertEquals(50.0 / (CUSTOMERS / 2), umbrella.share(), 1e-12);
        assertFalse(found.stream().anyMatch(t -> t.word().contains("yesterday")), found.toString());
        Theme coat = found.stream().filter(t -> t.word().equals("coat")).findFirst().orElseThrow();
        assertEquals(CUSTOMERS / 2, coat.customers());
    }

    @Test
    void whoeverMentionsAThingIsUnhappyWithItOnlyIfTheirRatingsSaySo() {
        boolean[] none = new boolean[CUSTOMERS];
        assertEquals(
                Form.Tone.DISPLEASED,
                fabric(Themes.of(WrittenWords.of(texts(none, 1)), labels(), 2, c -> true, none)));
        assertEquals(
                Form.Tone.NEUTRAL,
                fabric(Themes.of(WrittenWords.of(texts(none, 4.5)), labels(), 2, c -> true, none)));
        assertEquals(
                Form.Tone.PLEASED,
                fabric(Themes.of(WrittenWords.of(texts(none, 5)), labels(), 2, c -> true, none)));
    }

    private static Form.Tone fabric(List<List<Theme>> themes) {
        return themes.get(0).stream()
                .filter(t -> t.word().contains("fabric"))
                .findFirst()
                .orElseThrow()
                .feeling();
    }
}
