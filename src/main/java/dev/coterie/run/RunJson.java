package dev.coterie.run;

import static dev.coterie.run.SegmentsJson.map;

import dev.coterie.collect.ColumnSchema;
import dev.coterie.config.Release;
import dev.coterie.describe.Analysis;
import dev.coterie.features.Block;
import dev.coterie.language.Language;
import dev.coterie.language.Notice;
import dev.coterie.segment.Segmentation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a run came about, for {@code segments.json}: settings, versions, choices, data quality. */
record RunJson(Analysis analysis, RunSettings settings) {
    private Language language() {
        return settings.language();
    }

    /** All but what was found. */
    Map<String, Object> run() {
        return map(
                "settings",
                settings(),
                "seed",
                settings.seed(),
                "versions",
                versions(),
                "fingerprint",
                analysis.collected().tables().stream()
                        .map(t -> map("file", t.table().name(), "sha256", t.table().fingerprint()))
                        .toList(),
                "balance",
                map(
                        "factors", byWord(analysis.featureModel().balance()),
                        "shares", byWord(analysis.featureModel().shares())),
                "choice",
                choice(),
                "roles",
                roles(),
                "links",
                analysis.collected().links(),
                "quality",
                quality());
    }

    private Map<String, Object> versions() {
        return map(
                "coterie",
                Release.VERSION,
                "encoder",
                analysis.embeddings().map(e -> e.encoder().name()).orElse(null),
                "encoder_sha256",
                analysis.embeddings().map(e -> e.encoder().modelSha256()).orElse(null),
                "java",
                Runtime.version().toString());
    }

    private Map<String, Object> choice() {
        var candidates = new ArrayList<Map<String, Object>>();
        for (Segmentation.Candidate c : analysis.segmentation().candidates()) {
            candidates.add(
                    map(
                            "k", c.k(),
                            "evidence", c.evidence(),
                            "silhouette", c.silhouette(),
                            "stability", c.stability(),
                            "separation", c.separation(),
                            "smallest", c.smallest()));
        }
        var method = analysis.segmentation().method();
        return map(
                "k", analysis.segmentation().k(),
                "clear_groups", analysis.segmentation().clear(),
                "reason", analysis.segmentation().reason().in(language()),
                "algorithm", method.algorithm(),
                "algorithm_reason", method.reason().in(language()),
                "candidates", candidates);
    }

    private List<Map<String, Object>> roles() {
        var roles = new ArrayList<Map<String, Object>>();
        for (var source : analysis.collected().tables()) {
            for (ColumnSchema column : source.schema().columns()) {
                roles.add(
                        map(
                                "file", source.table().name(),
                                "column", column.name(),
                                "role", column.role().word(),
                                "reason", column.reason().in(language())));
            }
        }
        return roles;
    }

    private Map<String, Object> quality() {
        var quality = analysis.prepared().quality();
        return map(
                "tables",
                quality.tables(),
                "findings",
                quality.findings().stream().map(this::notice).toList(),
                "steps",
                analysis.prepared().recipe().steps().stream()
                        .map(
                                s ->
                                        map(
                                                "step", s.key(),
                                                "column", s.column().orElse(null),
                                                "text", s.description().in(language()),
                                                "rows", s.rows()))
                        .toList());
    }

    /** What a reader should know before believing the segments, each once. */
    List<Map<String, Object>> warnings() {
        var warnings = new ArrayList<Map<String, Object>>();
        var segmentation = analysis.segmentation();
        if (!segmentation.clear()) {
            long customers = analysis.customers().customers();
            warnings.add(notice(Notice.warning(segmentation.reason(), customers)));
        }
        for (var source : analysis.collected().tables()) {
            source.table().notices().forEach(n -> warnings.add(notice(n)));
        }
        analysis.collected().notices().forEach(n -> warnings.add(notice(n)));
        analysis.notices().forEach(n -> warnings.add(notice(n)));
        return warnings.stream().distinct().toList();
    }

    private Map<String, Object> notice(Notice notice) {
        return map(
                "severity", notice.severity(),
                "code", notice.message().key().substring(notice.message().key().indexOf('.') + 1),
                "text", notice.message().in(language()),
                "count", notice.count());
    }

    private static Map<String, Double> byWord(Map<Block, Double> blocks) {
        var words = new LinkedHashMap<String, Double>();
        for (var block : Block.values()) {
            if (blocks.containsKey(block)) words.put(block.word(), blocks.get(block));
        }
        return words;
    }
}
