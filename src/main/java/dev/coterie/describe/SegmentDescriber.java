package dev.coterie.describe;

import dev.coterie.embed.Embeddings;
import dev.coterie.language.Language;
import dev.coterie.llm.LanguageModel;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.CustomerText;
import dev.coterie.progress.Progress;
import dev.coterie.rule.RuleLearner;
import dev.coterie.rule.RuleSources;
import dev.coterie.rule.SegmentRule;
import dev.coterie.segment.Segmentation;
import dev.coterie.segment.TreeReading;
import dev.coterie.words.Words;
import dev.coterie.words.WrittenWords;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.IntPredicate;
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
        return describe(
                customers, embeddings, segmentation, sources, Map.of(), GroupNames.NONE, progress);
    }

    /**
     * @param embeddings one row per text of the customers, or empty
     * @param sources where a rule's fields stand in the reader's tables
     * @param earlier by cluster what the segments that live on from an earlier run were called
     * @param known what groups of the very same customers are called in the run that this one cuts:
     *     what was a branch there keeps its name, unless it lives on from an earlier segment
     * @throws dev.coterie.error.CancelledException if the listener asked to stop
     */
    public Description describe(
            CustomerTable customers,
            Optional<Embeddings> embeddings,
            Segmentation segmentation,
            RuleSources sources,
            Map<Integer, EarlierWording.Kept> earlier,
            GroupNames known,
            Progress progress) {
        Written written =
                describe(
                        customers,
                        embeddings,
                        segmentation,
                        each -> {
                            var kept = known.asBranches(segmentation, each);
                            kept.keySet().removeAll(earlier.keySet());
                            return kept;
                        },
                        sources,
                        c -> true,
                        earlier,
                        model,
                        progress);
        return written.branches()
                .with(
                        revision(customers, embeddings, segmentation)
                                .map(r -> revised(r, written, progress))
                                .orElseGet(written::description),
                        known);
    }

    private static Description revised(NameRevision revision, Written written, Progress progress) {
        return written.wordings()
                .map(w -> revision.revised(written.description(), w, progress))
                .orElseGet(() -> revision.scored(written.description()));
    }

    /**
     * Describes the segments whose customers changed and keeps the words of the others. The
     * built-in narrator writes, so that whoever changed them need not wait. Every name is tried
     * anew: it must now be told from other siblings.
     *
     * @param sources where a rule's fields stand in the reader's tables
     * @param before the description that stands
     * @param known what groups of customers it calls how
     * @param was for each segment the number 0..k-1 under which the very same customers stood
     *     before, or -1
     */
    public Description describeAgain(
            CustomerTable customers,
            Optional<Embeddings> embeddings,
            Segmentation segmentation,
            RuleSources sources,
            Description before,
            GroupNames known,
            int[] was) {
        var again = new Redescription(before, was.clone());
        Written written =
                describe(
                        customers,
                        embeddings,
                        segmentation,
                        each -> {
                            var kept = known.asBranches(segmentation, each);
                            kept.putAll(again.names(each));
                            return kept;
                        },
                        sources,
                        c -> was[c] < 0,
                        Map.of(),
                        Optional.empty(),
                        Progress.NONE);
        Description changed = again.with(written.description());
        return written.branches()
                .with(
                        revision(customers, embeddings, segmentation)
                                .map(r -> r.scored(changed))
                                .orElse(changed),
                        known);
    }

    private Optional<NameRevision> revision(
            CustomerTable customers, Optional<Embeddings> embeddings, Segmentation segmentation) {
        return encode.map(
                e ->
                        new NameRevision(
                                new NameCheck(customers, embeddings, segmentation.labels()), e));
    }

    /**
     * A description whose names nobody has tried, with the model's part in it.
     *
     * @param branches puts those above its segments into words, when these have their names
     */
    private record Written(
            Description description, Optional<ModelWordings> wordings, BranchDescriber branches) {}

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
                        () ->
                                RuleLearner.learn(
                                        customers,
                                        words,
                                        segmentation,
                                        sources,
                                        Themes::words,
                                        ruled));
        var likeness = new Likeness();
        List<Attribute> attributes = Attributes.of(customers);
        List<TreeReading.Branch> branches = branches(segmentation);
        var groups = new ArrayList<>(Group.each(k));
        groups.addAll(BranchTraits.groups(branches));
        List<List<Comparison>> allCompared =
                Comparisons.of(attributes, segmentation.labels(), groups, likeness);
        Themes read = Themes.read(words, segmentation.labels(), k, c -> true, heldOut);
        List<List<Theme>> allThemes = read.of(groups);
        List<List<Comparison>> compared = allCompared.subList(0, k);
        List<List<Theme>> themes = allThemes.subList(0, k);
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
        var topics = TopicNames.of(customers, segmentation, attributes);
        List<Map<Language, Wording>> wordings =
                words(
                        topics,
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
        var common =
                BranchTraits.of(
                        branches,
                        allCompared.subList(k, groups.size()),
                        allThemes.subList(k, groups.size()),
                        segmentation,
                        read,
                        likeness);
        return new Written(
                new Description(segments, book.facts(), textLanguage(texts), List.of()),
                byModel,
                new BranchDescriber(segmentation, common, traits, setting, topics));
    }

    private static List<TreeReading.Branch> branches(Segmentation segmentation) {
        var hierarchy = segmentation.hierarchy();
        return new TreeReading(hierarchy.tree(), hierarchy.cut()).branches();
    }

    /** The least customers behind a statement: 11, or fewer where a segment itself is small. */
    static int fewest(int size) {
        return size >= 44 ? 11 : Math.max(2, size / 4);
    }

    private static List<Map<Language, Wording>> words(
            TopicNames topics,
            List<List<Theme>> themes,
            List<Draft> drafts,
            Form.Setting setting,
            FactBook book,
            Function<Language, Map<Integer, String>> kept,
            Names.Before before) {
        int k = drafts.size();
        List<List<Trait>> traits = drafts.stream().map(Draft::traits).toList();
        var out = new ArrayList<Map<Language, Wording>>();
        for (int c = 0; c < k; c++) out.add(new EnumMap<>(Language.class));
        for (Language each : Language.values()) {
            List<String> names =
                    new Names(each, traits, setting, topics.ofSegments(themes, each))
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
            List<Difference> outcomes,
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
                    outcomes,
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
