package dev.coterie.run;

import dev.coterie.collect.Collected;
import dev.coterie.collect.Collector;
import dev.coterie.describe.Analysis;
import dev.coterie.describe.Description;
import dev.coterie.describe.EarlierWording;
import dev.coterie.describe.SegmentDescriber;
import dev.coterie.embed.Embedder;
import dev.coterie.embed.Embeddings;
import dev.coterie.embed.EncoderCard;
import dev.coterie.embed.EncoderCatalog;
import dev.coterie.embed.TextLanguage;
import dev.coterie.error.InvalidInputException;
import dev.coterie.features.FeatureBuilder;
import dev.coterie.features.FeatureMatrix;
import dev.coterie.features.FeatureModel;
import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import dev.coterie.llm.LanguageModel;
import dev.coterie.prepare.CustomerText;
import dev.coterie.prepare.Preparation;
import dev.coterie.prepare.Prepared;
import dev.coterie.segment.Membership;
import dev.coterie.segment.Segmentation;
import dev.coterie.segment.Segmenter;
import dev.coterie.segment.Succession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole story: files in, described segments out. */
public record SegmentationRun(
        Collector collector,
        Preparation preparation,
        EncoderCatalog encoders,
        Embedder embedder,
        Optional<LanguageModel> languageModel) {
    /** From this share of texts in another language on, a run says so. */
    private static final double WORTH_A_WARNING = 0.05;

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
     * A finished run and what became of its predecessor's segments.
     *
     * @param succession empty if there was no predecessor
     */
    public record Outcome(Analysis analysis, Optional<Succession> succession) {}

    /**
     * Runs every stage; segments that live on from an earlier run keep their number, if the run has
     * that many, and their name, if it still says what is so.
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
        var fused = fuse(files, settings, heard);
        heard.begin(Stage.SEGMENTS);
        var found = new Segmenter(settings.k(), settings.seed()).fit(fused.features(), heard);
        var taken = predecessor.map(p -> fused.succession(p, found, heard));
        var segmentation = taken.map(s -> found.renumbered(s.places())).orElse(found);
        var succession = taken.map(s -> s.replaced(s.places()));
        heard.begin(Stage.DESCRIBE);
        var description =
                new SegmentDescriber(languageModel, settings.language())
                        .describe(
                                fused.embedded().prepared().customers(),
                                fused.embedded().embeddings(),
                                segmentation,
                                kept(predecessor, succession),
                                heard);
        return new Outcome(fused.analysis(segmentation, description, heard.notices), succession);
    }

    /** For each segment that lives on what it was called. */
    private static Map<Integer, EarlierWording.Kept> kept(
            Optional<Predecessor> predecessor, Optional<Succession> succession) {
        var kept = new HashMap<Integer, EarlierWording.Kept>();
        succession.ifPresent(
                s -> {
                    for (int i = 0; i < s.earlier(); i++) {
                        int now = s.successor()[i];
                        if (now < 0) continue;
                        var earlier = predecessor.orElseThrow().wordings().get(i);
                        kept.put(now, new EarlierWording.Kept(earlier, s.similarity(i, now)));
                    }
                });
        return kept;
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
        return fuse(files, settings, heard).analysis(segmentation, description, heard.notices);
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
        var prepared = preparation.prepare(collected, listener);
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

    /** What the stages before clustering made. */
    private record Fused(Embedded embedded, FeatureModel model, FeatureMatrix features) {
        Succession succession(Predecessor before, Segmentation found, RunListener listener) {
            var collected = embedded.collected();
            var customers = embedded.prepared().customers();
            if (before.byFileId() && CustomerKeys.idsAreRowNumbers(collected)) {
                listener.notice(
                        Notice.warning(
                                Message.of("run.matched_by_row_number"), customers.customers()));
            }
            var keys = before.byFileId() ? customers.ids() : CustomerKeys.of(collected, customers);
            return Succession.between(
                    before.members(), new Membership(keys, found.labels(), found.k()));
        }

        Analysis analysis(
                Segmentation segmentation, Description description, List<Notice> notices) {
            return new Analysis(
                    embedded.collected(),
                    embedded.prepared(),
                    embedded.embeddings(),
                    model,
                    features,
                    segmentation,
                    description,
                    notices);
        }
    }

    private Fused fuse(List<SourceFile> files, RunSettings settings, Heard heard) {
        var embedded = embed(files, settings, heard);
        var customers = embedded.prepared().customers();
        Preparation.requireEnough(customers);
        heard.begin(Stage.FUSE);
        var model =
                new FeatureBuilder(FeatureBuilder.TEXT_COMPONENTS, settings.balance())
                        .fit(customers, embedded.embeddings(), embedded.prepared().recipe());
        return new Fused(embedded, model, model.transform(customers, embedded.embeddings()));
    }

    private Optional<Embeddings> vectors(
            Prepared prepared, RunSettings settings, RunListener heard) {
        List<String> texts = prepared.customers().texts().stream().map(CustomerText::text).toList();
        if (texts.isEmpty()) return Optional.empty();
        var card = encoderFor(texts, settings, heard);
        return Optional.of(embedder.embed(encoders.open(card.name()), texts, heard));
    }

    /** The encoder asked for, or the default of the language of most texts. */
    private EncoderCard encoderFor(List<String> texts, RunSettings settings, RunListener heard) {
        var detected = TextLanguage.of(texts);
        String language = settings.textLanguage().orElse(detected.main());
        var card =
                settings.encoder()
                        .map(encoders::card)
                        .orElseGet(() -> encoders.forLanguage(language));
        double foreign =
                card.language().equals(detected.main()) ? detected.others() : 1 - detected.others();
        if (foreign >= WORTH_A_WARNING) {
            heard.notice(
                    Notice.warning(
                            Message.of(
                                    "embed.mixed_language",
                                    "share",
                                    foreign,
                                    "encoder",
                                    card.name()),
                            Math.round(foreign * texts.size())));
        }
        return card;
    }

    /** Passes everything on and keeps the notices for the run's own record. */
    private static final class Heard implements RunListener {
        private final RunListener listener;
        private final List<Notice> notices = new ArrayList<>();

        Heard(RunListener listener) {
            this.listener = listener;
        }

        @Override
        public void begin(Stage stage) {
            listener.checkCancelled();
            listener.begin(stage);
        }

        @Override
        public void advance(long done, long total, Unit unit) {
            listener.advance(done, total, unit);
        }

        @Override
        public void notice(Notice notice) {
            notices.add(notice);
            listener.notice(notice);
        }

        @Override
        public void checkCancelled() {
            listener.checkCancelled();
        }
    }
}
