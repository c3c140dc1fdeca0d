package dev.coterie.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.collect.Collector;
import dev.coterie.collect.Role;
import dev.coterie.collect.RoleChoice;
import dev.coterie.collect.TestLimits;
import dev.coterie.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the personal columns of an import stands nowhere else after preparation. */
class DenyListTest {
    private static final List<String> NAMES =
            List.of("Ottilie Brandmeyer", "Rosalind Ó Faoláin", "欧阳静怡", "陈小敏", "Bjarne");

    @TempDir Path folder;

    private Prepared prepared(String csv) throws IOException {
        Path file = Files.writeString(folder.resolve("c.csv"), csv);
        List<RoleChoice> roles =
                List.of(
                        new RoleChoice(
                                Optional.empty(), "full_name", Role.PERSONAL, Optional.empty()),
                        new RoleChoice(Optional.empty(), "email", Role.PERSONAL, Optional.empty()),
                        new RoleChoice(
                                Optional.empty(), "referred_by", Role.CATEGORY, Optional.empty()),
                        new RoleChoice(Optional.empty(), "review", Role.TEXT, Optional.empty()));
        var collected =
                new Collector(TestLimits.DEFAULT)
                        .collect(List.of(file), List.of("c.csv"), roles, Progress.NONE);
        return new Preparation().prepare(collected, Progress.NONE);
    }

    private static String csv() {
        var csv = new StringBuilder("id,full_name,email,referred_by,review\n");
        for (int i = 0; i < 40; i++) {
            String name = NAMES.get(i % NAMES.size());
            String other = NAMES.get((i + 1) % NAMES.size());
            csv.append(i).append(',').append(name).append(",box-").append(i).append("@mail,");
            csv.append(i % 4 == 0 ? other : "an advert").append(',');
            csv.append("I told ").append(other).append(" that lamp ").append(i);
            csv.append(" is fine; 我和").append(other).append("一起买的 box-").append(i);
            csv.append("@mail thanks Ottilie\n");
        }
        return csv.toString();
    }

    @Test
    void noneIsInATextOrACategory() throws IOException {
        Prepared prepared = prepared(csv());
        var all = new ArrayList<String>();
        prepared.customers().texts().forEach(t -> all.add(t.text()));
        prepared.customers().categories().forEach(c -> all.addAll(c.levels()));
        assertTrue(all.size() > 40);
        for (String text : all) {
            for (String name : NAMES) assertFalse(text.contains(name), text);
            assertFalse(text.contains("@mail"), text);
        }
        assertTrue(all.contains("an advert") && all.contains(DenyList.MARK));
        assertTrue(
                prepared.customers().texts().stream()
                        .allMatch(t -> t.text().contains("thanks Ottilie")),
                "a first name alone is not what stands in the column");
        assertTrue(prepared.recipe().steps().stream().anyMatch(s -> s.key().equals("mask_names")));
    }

    @Test
    void partsOfWordsStay() throws IOException {
        Prepared prepared =
                prepared(
                        """
                        id,full_name,email,referred_by,review
                        1,Ann,a@b,x,Annual Anna and Ann like it
                        2,Bo,b@b,x,A bow
                        3,Cleo,c@b,x,cleo in small letters
                        4,Dan,d@b,x,Dan's lamp
                        """);
        List<String> texts = prepared.customers().texts().stream().map(CustomerText::text).toList();
        assertTrue(texts.contains("Annual Anna and [name] like it"), texts.toString());
        assertTrue(texts.contains("A bow") && texts.contains("cleo in small letters"));
        assertTrue(texts.contains("[name]'s lamp"));
        assertEquals(4, texts.size());
    }
}
