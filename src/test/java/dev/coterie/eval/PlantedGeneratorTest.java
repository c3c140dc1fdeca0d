package dev.coterie.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.error.NotFoundException;
import dev.coterie.eval.KnownGroups.Sees;
import dev.coterie.language.Language;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlantedGeneratorTest {
    static final PlantedGenerator GENERATOR = new PlantedGenerator();
    static final PlantedGenerator ANOTHER = new PlantedGenerator();

    static List<PlantedFamily> families() {
        return PlantedFamily.all();
    }

    static final Map<String, PlantedData> FIRST_SEED = new HashMap<>();

    static PlantedData data(String family) {
        return FIRST_SEED.computeIfAbsent(
                family, name -> GENERATOR.generate(PlantedFamily.named(name), 1));
    }

    static List<String> texts(PlantedData data) {
        return KnownGroups.rows(data, "texts.csv").stream().map(row -> row.get(3)).toList();
    }

    @Nested
    class Plan {
        @ParameterizedTest
        @MethodSource("dev.coterie.eval.PlantedGeneratorTest#families")
        void givesTheSameBytesForTheSameSeedAndOthersForAnother(PlantedFamily family) {
            var first = data(family.name());
            var again = ANOTHER.generate(family, 1);
            assertEquals(first, again);
            assertEquals(first.truthFile(), again.truthFile());
            assertNotEquals(first.files(), GENERATOR.generate(family, 2).files());
        }

        @ParameterizedTest
        @MethodSource("dev.coterie.eval.PlantedGeneratorTest#families")
        void hasTheStatedCustomersGroupsAndNoise(PlantedFamily family) {
            var data = data(family.name());
            var sizes =
                    data.truth().values().stream()
                            .collect(
                                    Collectors.groupingBy(
                                            g -> g, TreeMap::new, Collectors.counting()));
            assertEquals(family.customers(), data.truth().size());
            long noise = sizes.getOrDefault(PlantedData.NOISE, 0L);
            assertEquals(Math.round(family.noise() * family.customers()), noise);
            sizes.remove(PlantedData.NOISE);
            assertEquals(family.groups(), sizes.size());
            long largest = sizes.values().stream().mapToLong(s -> s).max().orElseThrow();
            long smallest = sizes.values().stream().mapToLong(s -> s).min().orElseThrow();
            if (family.skewed()) assertTrue(largest > 3 * smallest, sizes::toString);
            else assertTrue(largest - smallest <= 1, sizes::toString);
        }

        @ParameterizedTest
        @MethodSource("dev.coterie.eval.PlantedGeneratorTest#families")
        void linksEveryRowToACustomerAndNothingHappensLater(PlantedFamily family) {
            var data = data(family.name());
            for (String file : List.of("customers.csv", "texts.csv", "orders.csv")) {
                KnownGroups.rows(data, file)
                        .forEach(row -> assertTrue(data.truth().containsKey(row.get(0)), file));
            }
            for (String file : List.of("texts.csv", "orders.csv")) {
                KnownGroups.rows(data, file)
                        .forEach(
                                row ->
                                        assertTrue(
                                                LocalDate.parse(row.get(1))
                                                        .isBefore(LocalDate.parse("2026-11-01"))));
            }
        }

        @ParameterizedTest
        @CsvSource({"chain, 0.04", "silent, 0.25", "noise-table, 1"})
        void leavesTheStatedShareWithoutTexts(String family, double share) {
            var data = data(family);
            var writers = new HashSet<String>();
            KnownGroups.rows(data, "texts.csv").forEach(row -> writers.add(row.get(0)));
            assertEquals(share, 1 - writers.size() / (double) data.truth().size(), 0.03);
        }

        @Test
        void coversThreeToTwelveGroupsAndBothLanguages() {
            var counts = families().stream().map(PlantedFamily::groups).toList();
            assertTrue(counts.contains(3) && counts.contains(12), counts::toString);
            assertTrue(families().stream().anyMatch(f -> f.language() == Language.CHINESE));
            assertTrue(families().stream().anyMatch(f -> !f.hasGroups()));
        }

        @Test
        void refusesAnUnknownFamilyAndNamesTheOthers() {
            var e = assertThrows(NotFoundException.class, () -> PlantedFamily.named("chian"));
            assertTrue(e.getMessage().contains("chain"), e.getMessage());
        }
    }

    @Nested
    class Texts {
        @ParameterizedTest
        @CsvSource({"chain, 2000", "chinese, 1500", "noise, 600"})
        void areOfManyWordings(String family, int least) {
            var texts = texts(data(family));
            var distinct = new HashSet<>(texts);
            assertTrue(distinct.size() >= least, distinct.size() + " of " + texts.size());
        }

        @ParameterizedTest
        @CsvSource({"chain, 20, 400", "chinese, 8, 150"})
        void areShortAndHaveNoOpenSlot(String family, int median, int longest) {
            var texts = texts(data(family));
            texts.forEach(
                    text -> {
                        assertTrue(text.length() <= longest, text);
                        assertTrue(!text.contains("{") && !text.contains("}"), text);
                    });
            var lengths = texts.stream().map(String::length).sorted().toList();
            assertTrue(lengths.get(lengths.size() / 2) >= median);
        }

        /** Vectors are computed once, whatever the seed. */
        @Test
        void comeFromOnePoolForEverySeed() {
            var family = PlantedFamily.named("many");
            var known = new HashSet<String>();
            for (long seed = 1; seed <= 6; seed++) {
                known.addAll(texts(GENERATOR.generate(family, seed)));
            }
            var next = new HashSet<>(texts(GENERATOR.generate(family, 7)));
            next.removeAll(known);
            assertTrue(next.size() < 0.05 * known.size(), next.size() + " new");
        }
    }

    @Nested
    class Groups {
        @ParameterizedTest
        @CsvSource({
            "chain, 0.75",
            "few, 0.9",
            "many, 0.8",
            "skewed, 0.7",
            "chinese, 0.7",
            "silent, 0.6"
        })
        void areRecoveredFromTextsAndOrdersTogetherOnly(String family, double least) {
            var known = new KnownGroups(data(family));
            double both = known.recovers(Sees.TEXTS, Sees.ORDERS, Sees.PROFILE);
            assertTrue(both >= least, "all blocks " + both);
            assertTrue(both <= 0.99, "too easy " + both);
            for (Sees block : Sees.values()) {
                double alone = known.recovers(block);
                assertTrue(alone <= both - 0.15, block + " alone " + alone + " of " + both);
            }
        }

        @Test
        void needAllThreeBlocksInTheGrid() {
            var known = new KnownGroups(data("all-three"));
            double all = known.recovers(Sees.TEXTS, Sees.ORDERS, Sees.PROFILE);
            assertTrue(all >= 0.6, "all blocks " + all);
            for (Sees left : Sees.values()) {
                Sees[] two =
                        Arrays.stream(Sees.values()).filter(b -> b != left).toArray(Sees[]::new);
                double without = known.recovers(two);
                assertTrue(without <= all - 0.15, "without " + left + " " + without);
            }
        }

        @ParameterizedTest
        @CsvSource({"text, TEXTS, 0.6", "behaviour, ORDERS, 0.8", "profile, PROFILE, 0.6"})
        void areInTheOneBlockThatMatters(String family, Sees matters, double least) {
            var known = new KnownGroups(data(family));
            double there = known.recovers(matters);
            assertTrue(there >= least, matters + " " + there);
            for (Sees block : Sees.values()) {
                if (block == matters) continue;
                assertEquals(0, known.recovers(block), 0.03, block + " of " + family);
            }
        }

        @Test
        void areNotInAMisleadingProfile() {
            var known = new KnownGroups(data("misled"));
            assertEquals(0, known.recovers(Sees.PROFILE), 0.03);
            assertTrue(known.recovers(Sees.TEXTS, Sees.ORDERS) >= 0.6);
        }

        @ParameterizedTest
        @CsvSource({"noise", "noise-table"})
        void areNowhereInPureNoise(String family) {
            var known = new KnownGroups(data(family));
            for (Sees block : Sees.values()) {
                assertEquals(0, known.recovers(block), 0.02, block + " of " + family);
            }
            assertEquals(0, known.recovers(Sees.values()), 0.02);
        }

        @Test
        void reachIntoEachOtherMoreWhereTheFamilyIsHard() {
            double few = new KnownGroups(data("few")).recovers(Sees.TEXTS, Sees.ORDERS);
            double hard = new KnownGroups(data("hard")).recovers(Sees.TEXTS, Sees.ORDERS);
            assertTrue(hard < few - 0.15, "few " + few + ", hard " + hard);
        }
    }
}
