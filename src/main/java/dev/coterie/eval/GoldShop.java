package dev.coterie.eval;

import dev.coterie.demo.DemoData;
import dev.coterie.demo.DemoGenerator;
import dev.coterie.describe.Analysis;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.invent.CsvFile;
import dev.coterie.language.Language;
import dev.coterie.run.RunListener;
import dev.coterie.run.RunSettings;
import dev.coterie.run.SegmentationRun;
import dev.coterie.run.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * An analysed demo project: what the letters in gold questions stand for.
 *
 * @param segments number of the segment that holds most of a planted group, by the group's letter
 */
public record GoldShop(Language language, Analysis analysis, Map<Character, Integer> segments) {
    private static final long SEED = 42;
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
    public static List<GoldShop> analysed(SegmentationRun run, Path folder, RunListener listener) {
        var shops = new ArrayList<GoldShop>();
        for (DemoData data : List.of(DemoGenerator.english(SEED), DemoGenerator.chinese(SEED))) {
            var files = new ArrayList<SourceFile>();
            for (CsvFile file : data.files()) {
                Path path = PlantedBenchmark.write(folder.resolve(data.language().tag()), file);
                files.add(new SourceFile(path, file.name()));
            }
            var settings = RunSettings.defaults(data.language());
            shops.add(of(data, run.execute(files, settings, listener)));
        }
        return shops;
    }

    /** Finds each planted group's segment in a finished run of a demo project. */
    public static GoldShop of(DemoData data, Analysis analysis) {
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
        return new GoldShop(data.language(), analysis, segments);
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
