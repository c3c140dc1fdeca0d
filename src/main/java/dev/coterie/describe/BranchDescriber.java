package dev.coterie.describe;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.segment.Segmentation;
import dev.coterie.segment.TreeReading;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the branches above described segments into words and facts. The facts follow those of the
 * segments in the ledger and do not depend on which name is chosen.
 *
 * @param segments traits of each segment, best first
 */
record BranchDescriber(
        Segmentation segmentation,
        BranchTraits branches,
        List<List<Trait>> segments,
        Form.Setting setting,
        TopicNames topics) {
    /** As many as a name looks at. */
    private static final int TOLD = 9;

    /**
     * The description with its branches.
     *
     * @param told with the segments' final names
     * @param known what groups of these customers were called before; figures that stay keep their
     *     ids
     */
    Description with(Description told, GroupNames known) {
        List<TreeReading.Branch> all = branches.branches();
        if (all.isEmpty()) return told;
        var book = new Book(told, known);
        var facts = new ArrayList<Facts>();
        for (int b = 0; b < all.size(); b++) {
            boolean everyone = b == all.size() - 1;
            facts.add(everyone ? Facts.none() : book.facts(all.get(b), branches.traits().get(b)));
        }
        var called = new ArrayList<Map<Language, Branch.Called>>();
        for (int b = 0; b < all.size(); b++) called.add(new EnumMap<>(Language.class));
        for (Language language : Language.values()) {
            List<BranchNames.Named> names = names(language, told, known);
            for (int b = 0; b < all.size(); b++) {
                called.get(b).put(language, called(b, names.get(b), facts, told, language));
            }
        }
        var out = new ArrayList<Branch>();
        for (int b = 0; b < all.size(); b++) {
            out.add(branch(all.get(b), facts.get(b), called.get(b)));
        }
        return new Description(told.segments(), book.ledger, told.textLanguage(), out);
    }

    private List<BranchNames.Named> names(Language language, Description told, GroupNames known) {
        List<String> names = told.segments().stream().map(s -> s.wording(language).name()).toList();
        var ofTexts = new ArrayList<List<String>>();
        for (int b = 0; b < branches.branches().size(); b++) {
            List<Integer> inside = branches.branches().get(b).segments();
            ofTexts.add(topics.ofBranch(inside, branches.traits().get(b), language));
        }
        return new BranchNames(language, branches, segments, names, setting, ofTexts, segmentation)
                .all(known);
    }

    private Branch branch(
            TreeReading.Branch branch, Facts facts, Map<Language, Branch.Called> called) {
        long size = size(branch);
        return new Branch(
                branch.node(),
                branch.segments().stream().map(s -> s + 1).toList(),
                size,
                (double) size / segmentation.labels().length,
                facts.ids(),
                called);
    }

    private long size(TreeReading.Branch branch) {
        return branch.segments().stream().mapToLong(segmentation::size).sum();
    }

    private Branch.Called called(
            int b,
            BranchNames.Named named,
            List<Facts> facts,
            Description told,
            Language language) {
        List<Trait> common = branches.traits().get(b);
        String who =
                named.basis() == Branch.Basis.EVERYONE
                        ? Message.of("describe.branch.all").in(language)
                        : common.isEmpty()
                                ? Message.of("describe.branch.parts").in(language)
                                : new Narrator(language).who(common, setting);
        var carrying = new ArrayList<String>();
        for (BranchNames.Said said : named.said()) {
            String key = said.trait().key();
            if (said.part().branch()) {
                carrying.addAll(facts.get(said.part().index()).of(key));
            } else {
                told.segment(said.part().index() + 1).orElseThrow().differences().stream()
                        .filter(d -> d.attribute().equals(key))
                        .forEach(d -> carrying.addAll(List.of(d.segmentFact(), d.otherFact())));
            }
        }
        return new Branch.Called(named.name(), who, named.basis(), carrying);
    }

    /**
     * The facts of one branch.
     *
     * @param byTrait ids of the branch's and of everyone else's figure, by trait key
     */
    private record Facts(List<String> ids, Map<String, List<String>> byTrait) {
        static Facts none() {
            return new Facts(List.of(), Map.of());
        }

        List<String> of(String key) {
            return byTrait.getOrDefault(key, List.of());
        }
    }

    /** Writes the branches' facts behind the others. */
    private final class Book {
        private final Map<String, Fact> ledger;
        private final GroupNames known;
        private int last;

        Book(Description told, GroupNames known) {
            this.ledger = new LinkedHashMap<>(told.facts());
            this.known = known;
            for (String id : ledger.keySet()) last = Math.max(last, number(id));
            for (String id : known.facts().keySet()) last = Math.max(last, number(id));
        }

        private static int number(String id) {
            return Integer.parseInt(id.substring(1));
        }

        Facts facts(TreeReading.Branch branch, List<Trait> traits) {
            List<Fact> before =
                    known.branch(segmentation, branch.segments()).map(Branch::facts).stream()
                            .flatMap(List::stream)
                            .map(known.facts()::get)
                            .toList();
            var writer = new Writing(this, before, numbers(branch.segments()));
            long size = size(branch);
            long all = segmentation.labels().length;
            var ids = new ArrayList<String>();
            ids.add(writer.whole("size", size, Fact.Unit.COUNT, size, "count"));
            ids.add(writer.whole("share", (double) size / all, Fact.Unit.SHARE, all, "of_all"));
            var byTrait = new LinkedHashMap<String, List<String>>();
            for (Trait t : traits.subList(0, Math.min(TOLD, traits.size()))) {
                List<String> pair = writer.pair(t);
                byTrait.put(t.key(), pair);
                ids.addAll(pair);
            }
            return new Facts(ids, byTrait);
        }

        /** The numbers of the segments, listed as the reader's language does. */
        private static Message numbers(List<Integer> segments) {
            var first = Message.of("describe.filter.one", "segment", segments.get(0) + 1);
            if (segments.size() == 1) return first;
            return Message.of(
                    "describe.filter.list",
                    "first",
                    first,
                    "rest",
                    numbers(segments.subList(1, segments.size())));
        }

        private String add(Fact fact, List<Fact> before) {
            Optional<String> same =
                    before.stream()
                            .filter(f -> same(f, fact))
                            .map(Fact::id)
                            .filter(id -> !ledger.containsKey(id))
                            .findFirst();
            String id = same.orElseGet(() -> "f" + ++last);
            ledger.put(id, fact.called(id));
            return id;
        }

        private static boolean same(Fact a, Fact b) {
            return a.label().equals(b.label())
                    && a.value() == b.value()
                    && a.n() == b.n()
                    && a.filter().key().equals(b.filter().key());
        }
    }

    /** The figures of one branch. */
    private record Writing(Book book, List<Fact> before, Message numbers) {
        String whole(String what, double value, Fact.Unit unit, long n, String formula) {
            return add(
                    Message.of("describe.fact." + what),
                    value,
                    unit,
                    n,
                    "branch",
                    "describe.formula." + formula);
        }

        /** The branch's figure of a trait and everyone else's. */
        List<String> pair(Trait trait) {
            if (trait.theme().isPresent()) {
                Theme t = trait.theme().get();
                var label = Message.of("describe.label.word", "word", t.word());
                return pair(
                        label,
                        t.share(),
                        t.elsewhere(),
                        Fact.Unit.SHARE,
                        t.writers(),
                        t.otherWriters(),
                        "word");
            }
            Comparison c = trait.comparison().orElseThrow();
            Attribute a = c.attribute();
            return pair(
                    a.figure(),
                    c.here(),
                    c.elsewhere(),
                    a.unit(),
                    c.n(),
                    c.others(),
                    a.kind().word());
        }

        private List<String> pair(
                Message label,
                double here,
                double elsewhere,
                Fact.Unit unit,
                long n,
                long others,
                String formula) {
            String key = "describe.formula." + formula;
            return List.of(
                    add(label, here, unit, n, "branch", key),
                    add(label, elsewhere, unit, others, "branch_others", key));
        }

        private String add(
                Message label,
                double value,
                Fact.Unit unit,
                long n,
                String filter,
                String formula) {
            var whose = Message.of("describe.filter." + filter, "segments", numbers);
            return book.add(
                    new Fact("", label, value, unit, n, Fact.SEVERAL, whose, Message.of(formula)),
                    before);
        }
    }
}
