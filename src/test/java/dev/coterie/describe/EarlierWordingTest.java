package dev.coterie.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.language.Language;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.progress.Progress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names of segments that live on from an earlier run. */
class EarlierWordingTest {
    private static final CustomerTable CUSTOMERS = SampleCustomers.english(150, 7);
    private static final Description FRESH = SampleCustomers.describe(CUSTOMERS, 3);

    private static Description again(
            Optional<ModelWordingsTest.Scripted> model, Map<Integer, EarlierWording.Kept> earlier) {
        return new SegmentDescriber(model.map(m -> m), Language.ENGLISH)
                .describe(
                        CUSTOMERS,
                        Optional.empty(),
                        SampleCustomers.planted(CUSTOMERS.customers(), 3),
                        SampleCustomers.sources(CUSTOMERS),
                        earlier,
                        GroupNames.NONE,
                        Progress.NONE);
    }

    private static Description again(Map<Integer, EarlierWording.Kept> earlier) {
        return again(Optional.empty(), earlier);
    }

    private static EarlierWording.Kept called(String name, Writer writer, boolean locked) {
        var wording =
                new Wording(
                        name,
                        "",
                        List.of(),
                        writer,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        var earlier =
                new EarlierWording(
                        Map.of(Language.ENGLISH, wording, Language.CHINESE, wording),
                        Optional.empty(),
                        locked);
        return new EarlierWording.Kept(earlier, 0.9);
    }

    private static String name(Description d, int cluster) {
        return d.segments().get(cluster).wording(Language.ENGLISH).name();
    }

    /** A name that the same traits support and that is not the first choice. */
    private static String secondChoice() {
        String first = name(FRESH, 1);
        var taken = called(first, Writer.BUILTIN, true);
        // Another segment has the first choice, so the narrator looks for the next.
        return name(again(Map.of(0, taken)), 1);
    }

    @Test
    void aNameThatIsStillSoStaysThoughAnotherWouldBeChosenNow() {
        String second = secondChoice();
        assertNotEquals(name(FRESH, 1), second);
        Description kept = again(Map.of(1, called(second, Writer.BUILTIN, false)));
        assertEquals(second, name(kept, 1));
    }

    @Test
    void aNameThatIsNoLongerSoGoes() {
        // What the customers of one segment say is not said by those of another.
        String lapsed = name(FRESH, 0);
        Description moved = again(Map.of(1, called(lapsed, Writer.BUILTIN, false)));
        assertEquals(name(FRESH, 1), name(moved, 1));
        Description invented =
                again(Map.of(1, called("Purple dragon riders", Writer.BUILTIN, false)));
        assertEquals(name(FRESH, 1), name(invented, 1));
    }

    @Test
    void aLockedNameStaysWhateverTheFactsSay() {
        Description locked = again(Map.of(1, called("Purple dragon riders", Writer.BUILTIN, true)));
        assertEquals("Purple dragon riders", name(locked, 1));
    }

    @Test
    void noSegmentGetsANameThatAPersonGaveToAnother() {
        String taken = name(FRESH, 1);
        var human =
                new EarlierWording.Kept(
                        new EarlierWording(Map.of(), Optional.of(taken), false), 0.9);
        assertNotEquals(taken, name(again(Map.of(0, human)), 1));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void namesStayValidAndDistinct(Language language) {
        var same = called(name(FRESH, 0), Writer.BUILTIN, true);
        Description twice = again(Map.of(0, same, 1, same));
        var names =
                twice.segments().stream()
                        .map(s -> Names.identity(s.wording(language).name()))
                        .toList();
        assertEquals(3, names.stream().distinct().count(), names.toString());
    }

    @Test
    void aModelsOwnNameStaysWhileTheSegmentHardlyChanged() {
        var model = new ModelWordingsTest.Scripted(prompt -> "no JSON");
        assertEquals(
                "Coat lovers of town",
                name(
                        again(
                                Optional.of(model),
                                Map.of(1, called("Coat lovers of town", Writer.LLM, false))),
                        1));
        var changed =
                new EarlierWording.Kept(
                        called("Coat lovers of town", Writer.LLM, false).earlier(), 0.5);
        assertEquals(name(FRESH, 1), name(again(Optional.of(model), Map.of(1, changed)), 1));
        assertTrue(model.prompts.size() > 0, "the model was asked");
    }
}
