package dev.coterie.brief;

import dev.coterie.collect.Collector;
import dev.coterie.config.Config;
import dev.coterie.demo.DemoData;
import dev.coterie.demo.DemoGenerator;
import dev.coterie.describe.Analysis;
import dev.coterie.describe.SampleCustomers;
import dev.coterie.describe.SegmentDescriber;
import dev.coterie.features.FeatureBuilder;
import dev.coterie.features.FeatureMatrix;
import dev.coterie.invent.CsvFile;
import dev.coterie.language.Language;
import dev.coterie.prepare.Preparation;
import dev.coterie.progress.Progress;
import dev.coterie.rule.RuleSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The demo shops with their planted groups as segments: nothing is embedded or clustered. */
final class DemoAnalyses {
    private static final Config.Limits LIMITS =
            new Config.Limits(200_000_000, 500, 1 << 20, 1 << 15, 100, 1000, 2048, 1 << 23, 8);

    private DemoAnalyses() {}

    static Analysis of(Language shop, long seed, Path folder) throws IOException {
        DemoData data =
                shop == Language.CHINESE
                        ? DemoGenerator.chinese(seed)
                        : DemoGenerator.english(seed);
        var paths = new ArrayList<Path>();
        for (CsvFile file : data.files()) {
            paths.add(Files.writeString(folder.resolve(seed + "-" + file.name()), file.csv()));
        }
        var names = data.files().stream().map(CsvFile::name).toList();
        var collected = new Collector(LIMITS).collect(paths, names, List.of(), Progress.NONE);
        var prepared = new Preparation().prepare(collected, Progress.NONE);
        var customers = prepared.customers();
        var groups = List.copyOf(new TreeSet<>(data.truth().values()));
        int[] labels =
                customers.ids().stream()
                        .mapToInt(id -> groups.indexOf(data.truth().get(id)))
                        .toArray();
        var segmentation = SampleCustomers.labelled(labels, groups.size());
        var described =
                new SegmentDescriber(Optional.empty(), Language.ENGLISH)
                        .describe(
                                customers,
                                Optional.empty(),
                                segmentation,
                                RuleSources.of(collected, prepared.recipe()),
                                Progress.NONE);
        return new Analysis(
                collected,
                prepared,
                Optional.empty(),
                new FeatureBuilder(FeatureBuilder.TEXT_COMPONENTS, Map.of())
                        .fit(customers, Optional.empty(), prepared.recipe())
                        .model(),
                new FeatureMatrix(List.of(), customers.customers(), new double[0]),
                segmentation,
                described,
                List.of());
    }
}
