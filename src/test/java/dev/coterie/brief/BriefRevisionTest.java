package dev.coterie.brief;

import static dev.coterie.brief.BriefWriterTest.ENGLISH;
import static dev.coterie.brief.BriefWriterTest.brief;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.brief.Brief.Item;
import dev.coterie.brief.Brief.Key;
import dev.coterie.brief.Brief.Source;
import dev.coterie.brief.BriefCheck.Kind;
import dev.coterie.describe.Analysis;
import dev.coterie.describe.SampleCustomers;
import dev.coterie.error.NotFoundException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.proof.Figures;
import dev.coterie.proof.References;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BriefRevisionTest {
    private static final int SMALL = 10;
    private static final Brief BRIEF = brief(ENGLISH, 1, Language.ENGLISH);
    private static final Item SIZE = BRIEF.section(Key.SIZE_VALUE).items().get(0);
    private static final Item OFFER = BRIEF.section(Key.OFFER).items().get(0);

    private static String shown(Brief brief, Item item) {
        return References.render(item.text(), brief.facts(), brief.language(), Figures.SMALL_COUNT);
    }

    private static List<Kind> kinds(Brief brief) {
        return new BriefCheck(ENGLISH.description(), brief)
                .review().stream().map(BriefCheck.Note::kind).toList();
    }

    @Nested
    class Edited {
        @Test
        void figuresThatStayAreStillReferences() {
            String text = shown(BRIEF, SIZE).replace(',', ' ') + " That is plenty.";
            Brief edited = new BriefRevision(BRIEF).edited(SIZE.id(), text, SMALL);
            Item item = edited.item(SIZE.id()).orElseThrow();
            assertEquals(Source.HUMAN, item.source());
            assertEquals(References.ids(SIZE.text()), References.ids(item.text()));
            assertEquals(List.of(), kinds(edited));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                textBlock =
                        """
                        NUMBER   | They are 77,777 customers.
                        RANK     | They are the smallest segment by far.
                        ABSOLUTE | They never complain.
                        UNFOUNDED| They live near the sea.
                        """)
        void aFalseClaimIsFoundByTheCheck(Kind kind, String text) {
            Brief edited = new BriefRevision(BRIEF).added(Key.SIZE_VALUE, text, SMALL);
            if (kind == Kind.RANK) {
                long smaller =
                        ENGLISH.description().segments().stream()
                                .filter(
                                        s ->
                                                s.size()
                                                        <= ENGLISH.description()
                                                                .segments()
                                                                .get(0)
                                                                .size())
                                .count();
                assertTrue(smaller > 1, "the sample's first segment must not be the smallest");
            }
            assertEquals(List.of(kind), kinds(edited));
        }

        @Test
        void aSensitiveTraitMustNotDecideOnOffers() {
            Brief edited =
                    new BriefRevision(BRIEF).edited(OFFER.id(), "Better prices by age.", SMALL);
            assertEquals(List.of(Kind.SENSITIVE), kinds(edited));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                textBlock =
                        """
                        OFFER     | SENSITIVE | Target women only.
                        DO_DONT   | SENSITIVE | 只针对女性。
                        MESSAGES  | UNFOUNDED | Deliveries reach them on time.
                        HEADLINE  | UNFOUNDED | These customers adore the new logo.
                        """)
        void whatAPersonAddsIsLookedAtInEverySection(Key key, Kind kind, String text) {
            Brief added = new BriefRevision(BRIEF).added(key, text, SMALL);
            assertEquals(List.of(kind), kinds(added));
        }

        @Test
        void aClaimBesideAFigureNeedsASourceOfItsOwn() {
            String text = shown(BRIEF, SIZE).replace('\u00a0', ' ');
            Brief edited =
                    new BriefRevision(BRIEF)
                            .edited(SIZE.id(), text + " Parcels reach them quickly.", SMALL);
            assertEquals(List.of(Kind.UNFOUNDED), kinds(edited));
        }

        @Test
        void anUnknownStatementIsNamed() {
            var revision = new BriefRevision(BRIEF);
            var e = assertThrows(NotFoundException.class, () -> revision.edited("x", "y", SMALL));
            assertTrue(e.getMessage().contains("x"));
        }
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void whatTheNarratorWroteIsClean(Language language) {
        for (int s = 1; s <= 3; s++) {
            Brief narrated = brief(ENGLISH, s, language);
            assertEquals(
                    List.of(), new BriefCheck(ENGLISH.description(), narrated).review(), "" + s);
        }
    }

    @Nested
    class Rewritten {
        private final Set<Key> offers = EnumSet.of(Key.OFFER);

        @Test
        void whatAPersonRemovedComesBackAndWhatTheyWroteStays() {
            Brief changed = new BriefRevision(BRIEF).removed(OFFER.id());
            changed = new BriefRevision(changed).added(Key.OFFER, "A visit to the garden.", SMALL);
            Brief again = new BriefRevision(changed).rewritten(BRIEF, offers);
            assertTrue(again.item(OFFER.id()).isPresent());
            assertTrue(
                    again.section(Key.OFFER).items().stream()
                            .anyMatch(i -> i.text().equals("A visit to the garden.")));
        }

        @Test
        void aLockedSectionStaysAsItIs() {
            Brief changed = new BriefRevision(BRIEF).removed(OFFER.id());
            changed = new BriefRevision(changed).locked(Key.OFFER, true);
            Brief again = new BriefRevision(changed).rewritten(BRIEF, offers);
            assertEquals(changed.section(Key.OFFER), again.section(Key.OFFER));
        }

        @Test
        void otherSectionsAreLeftAlone() {
            Brief changed = new BriefRevision(BRIEF).removed(SIZE.id());
            Brief again = new BriefRevision(changed).rewritten(BRIEF, offers);
            assertFalse(again.item(SIZE.id()).isPresent());
        }

        @Test
        void aRenewedBriefTellsTheFiguresOfNowInAPersonsWords() {
            Analysis grown = SampleCustomers.analysis(SampleCustomers.english(600, 7), 3);
            String own = shown(BRIEF, SIZE) + " We know them well.";
            Brief edited = new BriefRevision(BRIEF).edited(SIZE.id(), own, SMALL);
            edited = new BriefRevision(edited).locked(OFFER.id(), true);
            Brief fresh = brief(grown, 1, Language.ENGLISH);
            Brief renewed = new BriefRevision(edited).rewritten(fresh, EnumSet.allOf(Key.class));
            Item item = renewed.item(SIZE.id()).orElseThrow();
            assertEquals(
                    shown(fresh, fresh.item(SIZE.id()).orElseThrow()) + " We know them well.",
                    shown(renewed, item));
            assertTrue(renewed.item(OFFER.id()).orElseThrow().locked());
            assertTrue(renewed.facts().keySet().containsAll(item.facts()));
        }

        @Test
        void figuresOfTwoBriefsKeepTheirOwnIds() {
            Brief old = citing(List.of(fact("f3", 3), fact("f5", 5)), Key.OFFER);
            Brief fresh = citing(List.of(fact("f6", 60), fact("f5", 50)), Key.SIZE_VALUE);
            Brief joined = new BriefRevision(old).rewritten(fresh, EnumSet.of(Key.SIZE_VALUE));
            List<Double> told =
                    joined.section(Key.SIZE_VALUE).items().stream()
                            .flatMap(i -> References.ids(i.text()).stream())
                            .map(id -> joined.facts().get(id).value())
                            .toList();
            assertEquals(List.of(60.0, 50.0), told);
        }

        private static Fact fact(String id, double value) {
            var label = Message.of("chat.fact.count", "filters", "w" + value);
            var size = Message.of("describe.fact.size");
            return new Fact(id, label, value, Fact.Unit.NUMBER, 100, 1, size, size);
        }

        /** A brief that says nothing but these figures, one a sentence. */
        private static Brief citing(List<Fact> facts, Key key) {
            var items =
                    facts.stream()
                            .map(
                                    f ->
                                            new Item(
                                                    "says-" + f.id(),
                                                    "It is {{" + f.id() + "}}.",
                                                    Source.DATA,
                                                    List.of(),
                                                    List.of(f.id()),
                                                    List.of(),
                                                    false))
                            .toList();
            var byId = new LinkedHashMap<String, Fact>();
            facts.forEach(f -> byId.put(f.id(), f));
            return BRIEF.with(
                    BRIEF.sections().stream()
                            .map(s -> s.with(s.key() == key ? items : List.of()))
                            .toList(),
                    byId);
        }

        @Test
        void changedFiguresAreNamedWithBothValues() {
            Analysis grown = SampleCustomers.analysis(SampleCustomers.english(600, 7), 3);
            assertEquals(List.of(), BriefChanges.of(BRIEF, ENGLISH.description(), 1));
            List<BriefChanges.Change> changes = BriefChanges.of(BRIEF, grown.description(), 1);
            var size =
                    changes.stream()
                            .filter(c -> c.fact().label().key().equals("describe.fact.size"))
                            .findFirst()
                            .orElseThrow();
            assertEquals(400, size.fact().value());
            assertEquals(600, size.now().orElseThrow().value());
        }
    }
}
