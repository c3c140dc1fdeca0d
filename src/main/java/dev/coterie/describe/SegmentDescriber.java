package dev.coterie.describe;

import dev.coterie.embed.Embeddings;
import dev.coterie.language.Language;
import dev.coterie.llm.LanguageModel;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.CustomerText;
import dev.coterie.progress.Progress;
import dev.coterie.segment.Segmentation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns clusters into segments: profile against everyone else, distinctive words, quotes, facts,
 * and names and descriptions in both languages.
 *
 * <p>The built-in narrator always writes both languages; a configured language model may replace
 * the texts of its language. No fault of the model stops a run. Immutable and thread-safe.
 */
public final class SegmentDescriber {
    private static final Logger log = LoggerFactory.getLogger(SegmentDescriber.class);

    private final Optional<LanguageModel> model;
    private final Language language;
    private final WordingCache cache;
    private final Optional<Function<List<String>, Embeddings>> encode;

    /**
     * Describes without trying the names on unseen members.
     *
     * @param language of the model's texts; the narrator writes every language anyway
     */
    public SegmentDescriber(Optional<LanguageModel> model, Language language) {
        this(model, language, WordingCache.NONE, Optional.empty());
    }

    /**
     * @param language of the model's texts; the narrator writes every language anyway
     * @param cache what the model wrote before
     * @param encode makes vectors of sentences with the encoder of the texts; empty: names are not
     *     tried
     */
    public SegmentDescriber(
            Optional<LanguageModel> model,
            Language language,
            WordingCache cache,
            Optional<Function<List<String>, Embeddings>> encode) {
        this.model = model;
        this.language = language;
        this.cache = cache;
        this.encode = encode;
    }

    /** Describes segments that no earlier run has named. */
    public Description describe(
            CustomerTable customers,
            Optional<Embeddings> embeddings,
            Segmentation segmentation,
            RuleSources sources,
            Progress progress) {
        return describe(customers, embeddings, segmentation, sources, Map.of(), progress);
    }

    /**
     * @param embeddings one row per text of the customers, or empty
     * @param sources where a rule's fields stand in the reader's tables
     * @param earlier by cluster what the segments that live on from an earlier run were called
     * @throws dev.coterie.error.CancelledException if the listener asked to stop
     */
    public Description describe(
            CustomerTable customers,
            Optional<Embeddings> embeddings,
            Segmentation segmentation,
            RuleSources sources,
            Map<Integer, EarlierWording.Kept> earlier,
            Progress progress) {
        Written written =
                describe(
                        customers,
                        embeddings,
                        segmentation,
                        each -> Map.of(),
                        sources,
                        c -> true,
                        earlier,
                        model,
                        progress);
        Optional<NameRevision> revision = revision(customers, embeddings, segmentation);
        if (revision.isEmpty()) return written.description();
        return written.wordings()
                .map(w -> revision.get().revised(written.description(), w, progress))
                .orElseGet(() -> revision.get().scored(written.description()));
    }

    /**
     * Describes the segments whose customers changed and keeps the words of the others. The
     * built-in narrator writes, so that whoever changed them need not wait. Every name is tried
     * anew: it must now be told from other siblings.
     *
     * @param sources where a rule's fields stand in the reader's tables
     * @param before the description that stands
     * @param was for each segment the number 0..k-1 under which the very same customers stood
     *     before, or -1
     */
    public Description describeAgain(
            CustomerTable customers,
            Optional<Embeddings> embeddings,
            Segmentation segmentation,
            RuleSources sources,
            Description before,
            int[] was) {
        var again = new Redescription(before, was.clone());
        Description changed =
                again.with(
                        describe(
                                        customers,
                                        embeddings,
                                        segmentation,
                                        again::names,
                                        sources,
                                        c -> was[c] < 0,
                                        Map.of(),
                                        Optional.empty(),
                                        Progress.NONE)
                                .description());
        return revision(customers, embeddings, segmentation)
                .map(r -> r.scored(changed))
                .orElse(changed);
    }

    private Optional<NameRevision> revision(
            CustomerTable customers, Optional<Embeddings> embeddings, Segmentation segmentation) {
        return encode.map(
                e ->
                        new NameRevision(
                                new NameCheck(customers, embeddings, segmentation.labels()), e));
    }

    /** A description whose names nobody has tried, with the model's part in it. */
    private record Written(Description description, Optional<ModelWordings> wordings) {}

    private Written describe(
            CustomerTable customers,
            Optional<Embeddings> embeddings,
            Segmentation segmentation,
            Function<Language, Map<Integer, String>> kept,
            RuleSources sources,
            IntPredicate ruled,
            Map<Integer, EarlierWording.Kept> earlier,
            Optional<LanguageModel> writer,
            Progress progress) {
        long start = System.nanoTime();
        int k = segmentation.k();
        List<CustomerText> texts = customers.texts();
        boolean[] heldOut = HeldOut.of(customers);
        var words = WrittenWords.of(texts);
        progress.checkCancelled();
        // Rules and words do not ask each other, and themes are read on one core.
        var rules =
                CompletableFuture.supplyAsync(
                        () -> RuleLearner.learn(customers, words, segmentation, sources, ruled));
        var likeness = new Likeness();
        List<Attribute> attributes = Attributes.of(customers);
        List<List<Comparison>> compared = Comparisons.of(attributes, segmentation, likeness);
        List<List<Theme>> themes =
                texts.isEmpty()
                        ? IntStream.range(0, k).mapToObj(c -> List.<Theme>of()).toList()
                        : Themes.of(words, segmentation.labels(), k, c -> true, heldOut);
        progress.checkCancelled();
        List<List<Quote>> quotes =
                new Quotes(words, embeddings, segmentation.labels(), k, heldOut).choose(themes);
        progress.checkCancelled();
        var ranking = new Traits(compared, themes, likeness);
        List<List<Trait>> traits = ranking.ranked();
        List<List<Trait>> lacking =
                ranking.all().stream()
                        .map(all -> all.stream().filter(t -> !t.higher()).toList())
                        .toList();
        var profiles = new ArrayList<Draft>();
        var book = new FactBook(customers, segmentation);
        for (int c = 0; c < k; c++) {
            profiles.add(
                    book.draft(
                            c,
                            compared.get(c),
                            themes.get(c),
                            quotes.get(c),
                            traits.get(c),
                            lacking.get(c)));
        }
        var setting = Form.Setting.of(customers);
        List<Map<Language, Wording>> wordings =
                words(
                        customers,
                        segmentation,
                        attributes,
                        themes,
                        profiles,
                        setting,
                        book,
                        kept,
                        new Names.Before(earlier, earlier.isEmpty() ? List.of() : ranking.all()));
        Optional<ModelWordings> byModel =
                writer.map(w -> new ModelWordings(w, language, book.facts(), texts, cache));
        byModel.ifPresent(m -> m.replace(profiles, wordings, earlier, progress));
        Map<Integer, SegmentRule> learned = rules.join();
        var segments = new ArrayList<SegmentProfile>();
        for (int c = 0; c < k; c++) {
            segments.add(
                    profiles.get(c).profile(wordings.get(c), Optional.ofNullable(learned.get(c))));
            progress.advance(c + 1, k, Progress.Unit.SEGMENTS);
        }
        log.info(
                "describe: {} segments, {} facts in {} ms",
                k,
                book.facts().size(),
                (System.nanoTime() - start) / 1_000_000);
        return new Written(new Description(segments, book.facts(), textLanguage(texts)), byModel);
    }

    /** The least customers behind a statement: 11, or fewer where a segment itself is small. */
    static int fewest(int size) {
        return size >= 44 ? 11 : Math.max(2, size / 4);
    }

    private static List<Map<Language, Wording>> words(
            CustomerTable customers,
            Segmentation segmentation,
            List<Attribute> attributes,
            List<List<Theme>> themes,
            List<Draft> drafts,
            Form.Setting setting,
            FactBook book,
            Function<Language, Map<Integer, String>> kept,
            Names.Before before) {
        int k = segmentation.k();
        boolean textOnly =
                attributes.stream()
                        .allMatch(a -> a.sense() == Sense.RATING || a.sense() == Sense.COMPLAINS);
        List<CustomerText> texts = customers.texts();
        boolean rated = texts.stream().anyMatch(t -> !Double.isNaN(t.rating()));
        var out = new ArrayList<Map<Language, Wording>>();
        for (int c = 0; c < k; c++) out.add(new EnumMap<>(Language.class));
        for (Language each : Language.values()) {
            var topics = new ArrayList<List<String>>();
            for (int c = 0; c < k; c++) {
                topics.add(
                        textOnly
                                ? Topics.names(
                                        themes.get(c),
                                        Topics.kind(
                                                Quotes.textsOf(texts, segmentation.labels(), c),
                                                Quotes.column(texts),
                                                rated),
                                        each)
                                : List.of());
            }
            List<String> names =
                    new Names(each, drafts.stream().map(Draft::traits).toList(), setting, topics)
                            .all(kept.apply(each), before);
            var narrator = new Narrator(each);
            for (int c = 0; c < k; c++) {
                out.get(c)
                        .put(
                                each,
                                narrator.write(names.get(c), book.notes(drafts.get(c), setting)));
            }
        }
        return out;
    }

    private static String textLanguage(List<CustomerText> texts) {
        long chinese = texts.stream().filter(t -> Words.chinese(t.text())).count();
        return chinese * 2 > texts.size() ? "zh" : "en";
    }

    /** A segment before it has words. */
    record Draft(
            int number,
            long size,
            double share,
            long outliers,
            double stability,
            Optional<SegmentProfile.Value> value,
            List<Difference> differences,
            List<DistinctiveWord> words,
            List<Quote> quotes,
            List<Trait> traits,
            List<Trait> lacking,
            Map<String, String> named,
            Map<String, String> here,
            Map<String, String> elsewhere,
            List<String> facts) {
        SegmentProfile profile(Map<Language, Wording> wordings, Optional<SegmentRule> rule) {
            return new SegmentProfile(
                    number,
                    size,
                    share,
                    outliers,
                    stability,
                    value,
                    differences,
                    words,
                    quotes,
                    facts,
                    wordings,
                    rule,
                    Optional.empty(),
                    Optional.empty());
        }
    }
}
