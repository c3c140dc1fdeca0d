package dev.coterie.run;

import dev.coterie.collect.Collected;
import dev.coterie.collect.Collector;
import dev.coterie.describe.Analysis;
import dev.coterie.describe.Description;
import dev.coterie.describe.GroupNames;
import dev.coterie.describe.SegmentDescriber;
import dev.coterie.describe.WordingCache;
import dev.coterie.embed.Embedder;
import dev.coterie.embed.Embeddings;
import dev.coterie.embed.EncoderCatalog;
import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import dev.coterie.llm.CallRecord;
import dev.coterie.llm.LanguageModel;
import dev.coterie.prepare.CustomerText;
import dev.coterie.prepare.Preparation;
import dev.coterie.prepare.Prepared;
import dev.coterie.progress.Progress;
import dev.coterie.segment.Segmentation;
import dev.coterie.segment.Segmenter;
import dev.coterie.segment.Succession;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The whole story: files in, described segments out. */
public record SegmentationRun(
        Collector collector,
        Preparation preparation,
        EncoderCatalog encoders,
        Embedder embedder,
        Optional<LanguageModel> languageModel,
        WordingCache wordings) {
    /** The same with a memory of what the model wrote. */
    SegmentationRun remembering(WordingCache cache) {
        return new SegmentationRun(
                collector, preparation, encoders, embedder, languageModel, cache);
    }

    /** The same with another language model. */
    SegmentationRun writtenBy(LanguageModel model) {
        return new SegmentationRun(
                collector, preparation, encoders, embedder, Optional.of(model), wordings);
    }

    /** The same with its calls to the language model told to a meter. */
    SegmentationRun metered(Consumer<CallRecord> meter) {
        return new SegmentationRun(
                collector,
                preparation,
                encoders,
                embedder,
                languageModel.map(model -> model.metered(meter)),
                wordings);
    }

    /** Refused rows that are told one by one; the rest stand in the rejects list. */
    private static final int REJECTS_TOLD = 20;

    /**
     * Runs every stage.
     *
     * @throws InvalidInputException if the data cannot carry a run
     * @throws dev.coterie.error.CancelledException if the listener asked to stop
     */
    public Analysis execute(List<SourceFile> files, RunSettings settings, RunListener listener) {
        return execute(files, settings, Optional.empty(), listener).analysis();
    }

    /**
     * A finished run with what it took on from its predecessor.
     *
     * @param found its segments before customers were placed in them
     * @param placed row of each customer that is placed, with its segment 0..k-1
     * @param succession empty if there was no predecessor
     */
    public record Outcome(
            Analysis analysis,
            Segmentation found,
            Map<Integer, Integer> placed,
            Optional<Succession> succession) {}

    /**
     * Runs every stage; segments that live on from an earlier run keep their number, if the run has
     * that many, their placed customers, and their name, if it still says what is so.
     *
     * @throws InvalidInputException if the data cannot carry a run
     * @throws dev.coterie.error.CancelledException if the listener asked to stop
     */
    public Outcome execute(
            List<SourceFile> files,
            RunSettings settings,
            Optional<Predecessor> predecessor,
            RunListener listener) {
        var heard = new Heard(listener);
        var before =
                predecessor.map(p -> OptionalInt.of(p.members().k())).orElseGet(OptionalInt::empty);
        var segmented = segment(embed(files, settings, heard), before, settings, heard);
        var fused = segmented.fused();
        var prepared = fused.embedded().prepared();
        var continued =
                Continuation.of(
                        predecessor,
                        fused.embedded().collected(),
                        prepared.customers(),
                        fused.features(),
                        segmented.segmentation(),
                        settings,
                        heard);
        heard.begin(Stage.DESCRIBE);
        var description =
                describer(settings, fused.embedded().embeddings())
                        .describe(
                                prepared.customers(),
                                fused.embedded().embeddings(),
                                continued.standing(),
                                fused.rules(),
                                continued.wordings(predecessor),
                                GroupNames.NONE,
                                heard);
        return outcome(
                fused.analysis(continued.standing(), description, heard.notices()), continued);
    }

    private static Outcome outcome(Analysis analysis, Continuation continued) {
        return new Outcome(analysis, continued.found(), continued.placed(), continued.succession());
    }

    /**
     * Rebuilds a finished run from its files and the stored outcome: reads and cleans again, takes
     * the vectors from the cache, and neither clusters nor describes again.
     */
    public Analysis restore(
            List<SourceFile> files,
            RunSettings settings,
            Segmentation segmentation,
            Description description) {
        var heard = new Heard(RunListener.NONE);
        var fused = Fused.of(embed(files, settings, heard), settings, heard);
        var whole = segmentation.completed(fused.features(), settings.seed());
        return fused.analysis(whole, description, heard.notices());
    }

    /**
     * Cuts the tree of a finished run at another number of segments and describes them: nothing is
     * read, embedded or clustered again.
     *
     * @param from as the run found it
     * @param known what groups of its customers are called there
     * @param settings with the number of segments, at most as many as the tree has leaves
     */
    public Outcome cut(
            Analysis from,
            GroupNames known,
            RunSettings settings,
            Optional<Predecessor> predecessor,
            RunListener listener) {
        listener.checkCancelled();
        listener.begin(Stage.SEGMENTS);
        var found = from.segmentation();
        int k = settings.k().orElseThrow();
        var cut =
                found.recut(
                        from.features(),
                        found.hierarchy().tree().cut(k),
                        Map.of(),
                        settings.seed(),
                        Message.of(
                                "segment.reason_cut",
                                "k",
                                k,
                                "found",
                                found.hierarchy().tree().clusters()));
        var continued =
                Continuation.of(
                        predecessor,
                        from.collected(),
                        from.customers(),
                        from.features(),
                        cut,
                        settings,
                        listener);
        listener.begin(Stage.DESCRIBE);
        var description =
                describer(settings, from.embeddings())
                        .describe(
                                from.customers(),
                                from.embeddings(),
                                continued.standing(),
                                from.ruleSources(),
                                continued.wordings(predecessor),
                                known,
                                listener);
        return outcome(from.with(continued.standing(), description), continued);
    }

    /**
     * Describes the segments that people changed, without the language model.
     *
     * @param after the segments as they stand now
     * @param was for each of them the number 0..k-1 under which the very same customers stood in
     *     the analysis, or -1
     */
    Description describeAgain(
            Analysis analysis, Segmentation after, int[] was, RunSettings settings) {
        return describer(settings, analysis.embeddings())
                .describeAgain(
                        analysis.customers(),
                        analysis.embeddings(),
                        after,
                        analysis.ruleSources(),
                        analysis.description(),
                        GroupNames.of(analysis.description(), analysis.segmentation()),
                        was);
    }

    /**
     * Describes a finished run's segments once more, with the language model.
     *
     * @return the same facts, in words that may be the model's
     */
    Description reword(Analysis analysis, RunSettings settings, Progress progress) {
        return describer(settings, analysis.embeddings())
                .describe(
                        analysis.customers(),
                        analysis.embeddings(),
                        analysis.segmentation(),
                        analysis.ruleSources(),
                        progress);
    }

    private SegmentDescriber describer(RunSettings settings, Optional<Embeddings> embeddings) {
        return new SegmentDescriber(
                languageModel,
                settings.language(),
                wordings,
                Optional.of(
                        sentences ->
                                embedder.embed(
                                        encoders.onDemand(
                                                embeddings.orElseThrow().encoder().name()),
                                        sentences,
                                        Progress.NONE)));
    }

    /**
     * Customers with the vectors of their texts: what clustering and forecasts start from.
     *
     * @param embeddings one row per {@code prepared().customers().texts()}; empty if there is no
     *     text
     */
    public record Embedded(
            Collected collected, Prepared prepared, Optional<Embeddings> embeddings) {
        /** Rows that could not be taken, of every file. */
        public long rejects() {
            return prepared.rejects().size()
                    + collected.tables().stream().mapToLong(t -> t.table().rejects().size()).sum();
        }
    }

    /** Reads and cleans files and embeds their texts: the first two stages. */
    public Embedded embed(List<SourceFile> files, RunSettings settings, RunListener listener) {
        listener.begin(Stage.CLEAN);
        var collected =
                collector.collect(
                        files.stream().map(SourceFile::path).toList(),
                        files.stream().map(SourceFile::name).toList(),
                        settings.roles(),
                        listener);
        return embed(collected, settings, listener);
    }

    /** The same for tables that were read already. */
    public Embedded embed(Collected collected, RunSettings settings, RunListener listener) {
        tell(collected, listener);
        var prepared = preparation.prepare(collected, settings.recipe(), listener);
        prepared.quality().findings().forEach(listener::notice);
        listener.begin(Stage.EMBED);
        return new Embedded(collected, prepared, vectors(prepared, settings, listener));
    }

    private static void tell(Collected collected, RunListener listener) {
        for (var source : collected.tables()) {
            source.table().notices().forEach(listener::notice);
            source.table().rejects().stream()
                    .limit(REJECTS_TOLD)
                    .forEach(r -> listener.notice(Notice.warning(r.reason(), 1)));
        }
        collected.notices().forEach(listener::notice);
    }

    /** Segments that nobody has described yet. */
    public record Segmented(Fused fused, Segmentation segmentation) {}

    /** Builds the features and finds the segments: the two stages before the description. */
    public Segmented segment(Embedded embedded, RunSettings settings, RunListener listener) {
        return segment(embedded, OptionalInt.empty(), settings, listener);
    }

    private static Segmented segment(
            Embedded embedded, OptionalInt before, RunSettings settings, RunListener listener) {
        var fused = Fused.of(embedded, settings, listener);
        listener.begin(Stage.SEGMENTS);
        return new Segmented(
                fused,
                new Segmenter(
                                settings.k(),
                                before,
                                fused.emphasis(),
                                settings.algorithm(),
                                settings.seed())
                        .fit(fused.features(), listener));
    }

    private Optional<Embeddings> vectors(
            Prepared prepared, RunSettings settings, RunListener heard) {
        List<String> texts = prepared.customers().texts().stream().map(CustomerText::text).toList();
        if (texts.isEmpty()) return Optional.empty();
        var card = EncoderChoice.of(encoders, texts, settings, heard);
        return Optional.of(embedder.embed(encoders.onDemand(card.name()), texts, heard));
    }
}
