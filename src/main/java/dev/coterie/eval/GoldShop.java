package dev.coterie.eval;

import dev.coterie.demo.DemoData;
import dev.coterie.demo.DemoGenerator;
import dev.coterie.describe.Analysis;
import dev.coterie.describe.Attributes;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.error.InvalidInputException;
import dev.coterie.invent.CsvFile;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.run.RunListener;
import dev.coterie.run.RunSettings;
import dev.coterie.run.RunWorkbench;
import dev.coterie.run.Scoring;
import dev.coterie.run.SegmentationRun;
import dev.coterie.run.SourceFile;
import dev.coterie.tools.Workbench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * An analysed project: what the letters in gold questions stand for.
 *
 * @param language of the questions
 * @param segments number of the segment that holds most of a planted group, by the group's letter
 */
public record GoldShop(
        Language language,
        Analysis analysis,
        Workbench workbench,
        Map<Character, Integer> segments) {
    private static final long SEED = 42;
    private static final String LETTERS = "ABC";
    private static final List<String> COLUMNS =
            List.of("age", "city", "preferred_channel", "newsletter", "rating", "churned");
    private static final Map<Character, String> GROUPS = groups();

    public GoldShop {
        segments = Map.copyOf(segments);
    }

    private static Map<Character, String> groups() {
        var groups = new LinkedHashMap<Character, String>();
        groups.put('L', "loyal_late");
        groups.put('D', "discount_hunters");
        groups.put('G', "gift_buyers");
        groups.put('N', "new_unsure");
        groups.put('X', "lapsed_regulars");
        groups.put('Q', "quality_seekers");
        return groups;
    }

    /**
     * Both demo projects, analysed the product's own way with its default settings.
     *
     * @param folder where the files are written
     */
    public static List<GoldShop> analysed(
            SegmentationRun run, Scoring scoring, Path folder, RunListener listener) {
        var shops = new ArrayList<GoldShop>();
        for (DemoData data : List.of(DemoGenerator.english(SEED), DemoGenerator.chinese(SEED))) {
            var files = new ArrayList<SourceFile>();
            for (CsvFile file : data.files()) {
                Path path = PlantedBenchmark.write(folder.resolve(data.language().tag()), file);
                files.add(new SourceFile(path, file.name()));
            }
            var settings = RunSettings.defaults(data.language());
            Analysis analysis = run.execute(files, settings, listener);
            shops.add(of(data, analysis, RunWorkbench.of(analysis, scoring, settings.seed())));
        }
        return shops;
    }

    /**
     * A shop's own files, asked in both languages: {@code #A} is segment 1, {@code #B} segment 2
     * and so on.
     *
     * @throws InvalidInputException if they lack a column that the questions speak of
     */
    public static List<GoldShop> composed(
            SegmentationRun run, Scoring scoring, List<SourceFile> files, RunListener listener) {
        var settings = RunSettings.defaults(Language.ENGLISH);
        Analysis analysis = run.execute(files, settings, listener);
        checkColumns(analysis);
        var segments = new LinkedHashMap<Character, Integer>();
        for (int i = 0; i < LETTERS.length(); i++) segments.put(LETTERS.charAt(i), i + 1);
        Workbench workbench = RunWorkbench.of(analysis, scoring, settings.seed());
        return List.of(
                new GoldShop(Language.ENGLISH, analysis, workbench, segments),
                new GoldShop(Language.CHINESE, analysis, workbench, segments));
    }

    private static void checkColumns(Analysis analysis) {
        Set<String> there = new HashSet<>();
        Attributes.of(analysis.customers()).forEach(a -> there.add(a.column()));
        analysis.customers().targets().forEach(t -> there.add(t.name()));
        List<String> missing = COLUMNS.stream().filter(c -> !there.contains(c)).toList();
        boolean valued =
                analysis.description().segments().stream().anyMatch(s -> s.value().isPresent());
        boolean enough = analysis.segmentation().k() >= LETTERS.length();
        if (missing.isEmpty() && valued && enough) return;
        throw new InvalidInputException(
                Message.of(
                        "eval.chat_files",
                        "columns",
                        String.join(", ", COLUMNS),
                        "missing",
                        missing.isEmpty() ? "-" : String.join(", ", missing)));
    }

    /** Finds each planted group's segment in a finished run of a demo project. */
    private static GoldShop of(DemoData data, Analysis analysis, Workbench workbench) {
        var segments = new LinkedHashMap<Character, Integer>();
        List<String> ids = analysis.customers().ids();
        int[] labels = analysis.segmentation().labels();
        GROUPS.forEach(
                (letter, group) -> {
                    int[] votes = new int[analysis.segmentation().k()];
                    for (int i = 0; i < labels.length; i++) {
                        if (group.equals(data.truth().get(ids.get(i)))) votes[labels[i]]++;
                    }
                    int most =
                            IntStream.range(0, votes.length)
                                    .boxed()
                                    .max(Comparator.comparingInt(c -> votes[c]))
                                    .orElseThrow();
                    segments.put(letter, most + 1);
                });
        return new GoldShop(data.language(), analysis, workbench, segments);
    }

    /** The question as a person asks it of this run. */
    public String asked(String text) {
        String out = text.replace("$1", customer());
        for (var entry : segments.entrySet()) {
            int number = entry.getValue();
            String segment = (language == Language.CHINESE ? "客群" : "segment ") + number;
            out = out.replace("#" + entry.getKey(), segment);
            out = out.replace("@" + entry.getKey(), profile(number).wording(language).name());
        }
        return out;
    }

    /** Id of the customer that questions about one customer name. */
    String customer() {
        return analysis.customers().ids().get(0);
    }

    SegmentProfile profile(int number) {
        return analysis.description().segment(number).orElseThrow();
    }

    /**
     * @param word {@code #G}, {@code all}, or a superlative such as {@code largest}
     * @return segment number, or 0 for all customers
     */
    int number(String word) {
        Comparator<SegmentProfile> worth =
                Comparator.comparingDouble(s -> s.value().map(v -> v.total()).orElse(0.0));
        return switch (word) {
            case "all" -> 0;
            case "largest" -> most(Comparator.comparingLong(SegmentProfile::size));
            case "smallest" -> most(Comparator.comparingLong(s -> -s.size()));
            case "richest" -> most(worth);
            case "steadiest" -> most(Comparator.comparingDouble(SegmentProfile::stability));
            case "shakiest" -> most(Comparator.comparingDouble(s -> -s.stability()));
            default -> Objects.requireNonNull(segments.get(word.charAt(1)), word);
        };
    }

    private int most(Comparator<SegmentProfile> by) {
        return analysis.description().segments().stream().max(by).orElseThrow().number();
    }
}
