package dev.coterie.describe;

import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.segment.Segmentation;
import dev.coterie.segment.TreeReading;
import dev.coterie.words.English;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names the branches in one language, from everybody's downwards, each different from all others
 * and from the segments' names. A branch without anything in common that its siblings lack is named
 * after its parts.
 */
final class BranchNames {
    /** The best traits of a part that a name of two parts may join. */
    private static final int JOINED = 6;

    /** Two kinds of one thing, such as two products, are told together better than two things. */
    private static final double ALIKE = 1.3;

    /** A part's name tells best what it is known for. */
    private static final double IN_ITS_NAME = 1.5;

    /** Words, or Han characters, of a part's name that leave room for the others. */
    private static final int SHORT = 4;

    private static final int SHORT_HAN = 10;

    private final Language language;
    private final BranchTraits branches;
    private final List<List<Trait>> segments;
    private final Form.Setting setting;
    private final Names ofBranches;
    private final Names ofSegments;
    private final Segmentation segmentation;
    private final List<String> segmentNames;

    /**
     * @param segments traits of each segment, best first
     * @param segmentNames what each segment is called
     * @param topics for each branch names made of what its texts are about
     */
    BranchNames(
            Language language,
            BranchTraits branches,
            List<List<Trait>> segments,
            List<String> segmentNames,
            Form.Setting setting,
            List<List<String>> topics,
            Segmentation segmentation) {
        this.language = language;
        this.branches = branches;
        this.segments = segments;
        this.segmentNames = segmentNames;
        this.setting = setting;
        this.segmentation = segmentation;
        this.ofBranches = new Names(language, branches.traits(), setting, topics);
        List<List<String>> none = segments.stream().map(s -> List.<String>of()).toList();
        this.ofSegments = new Names(language, segments, setting, none);
    }

    /**
     * A branch or a segment.
     *
     * @param index of the branch, or of the segment 0..k-1
     */
    record Part(boolean branch, int index) {}

    /** A trait that a name speaks of, with whose it is. */
    record Said(Part part, Trait trait) {}

    record Named(String name, Branch.Basis basis, List<Said> said) {}

    /**
     * @param known what its customers were called before
     * @return one name for each branch
     */
    List<Named> all(GroupNames known) {
        var used = new HashSet<String>();
        for (String name : segmentNames) used.add(Names.identity(name));
        var named = new ArrayList<Named>();
        var said = new Names.Said();
        int last = branches.branches().size() - 1;
        for (int b = last; b >= 0; b--) {
            Named name = b == last ? everyone() : name(b, used, known, said);
            used.add(Names.identity(name.name()));
            named.add(0, name);
        }
        return named;
    }

    private Named everyone() {
        String name = Message.of("describe.branch.everyone").in(language);
        return new Named(name, Branch.Basis.EVERYONE, List.of());
    }

    private Named name(int b, Set<String> used, GroupNames known, Names.Said said) {
        return common(b, used, known, said)
                .or(() -> free(two(b), used))
                .or(() -> free(several(b), used))
                .or(() -> free(withOthers(b, used), used))
                .orElseGet(() -> mixed(used));
    }

    private Optional<Named> common(int b, Set<String> used, GroupNames known, Names.Said said) {
        List<Names.Candidate> candidates =
                ofBranches.candidates(b).stream()
                        .filter(n -> Names.valid(n.name(), language))
                        .filter(n -> !used.contains(Names.identity(n.name())))
                        .filter(n -> telling(b, n))
                        .toList();
        String before =
                known.name(segmentation, branches.branches().get(b).segments(), language)
                        .orElse("");
        Optional<Names.Candidate> best =
                candidates.stream()
                        .filter(n -> n.name().equals(before))
                        .findFirst()
                        // The first of equals: max would take the last.
                        .or(
                                () ->
                                        candidates.stream()
                                                .reduce(
                                                        (x, y) ->
                                                                said.worth(y) > said.worth(x)
                                                                        ? y
                                                                        : x));
        best.ifPresent(said::add);
        return best.map(n -> new Named(n.name(), Branch.Basis.COMMON, said(new Part(true, b), n)));
    }

    /** True if a name says something that the siblings lack. */
    private boolean telling(int b, Names.Candidate name) {
        return said(new Part(true, b), name).stream()
                .anyMatch(s -> branches.telling().get(b).contains(s.trait().key()));
    }

    /** What a name speaks of; one made of topics rests on the themes that are told most. */
    private List<Said> said(Part part, Names.Candidate name) {
        List<Trait> traits = name.traits();
        if (traits.isEmpty()) {
            traits = traits(part).filter(t -> t.theme().isPresent()).limit(2).toList();
        }
        return traits.stream().map(t -> new Said(part, t)).toList();
    }

    private Optional<Named> free(Stream<Named> names, Set<String> used) {
        return names.filter(n -> Names.valid(n.name(), language))
                .filter(n -> !used.contains(Names.identity(n.name())))
                .findFirst();
    }

    private Stream<Trait> traits(Part part) {
        List<Trait> all =
                part.branch() ? branches.traits().get(part.index()) : segments.get(part.index());
        return all.stream().filter(Trait::nameable);
    }

    /** The parts right below, the larger first. */
    private List<Part> parts(int b) {
        TreeReading.Branch branch = branches.branches().get(b);
        var parts = new ArrayList<Part>();
        for (int i = 0; i < b; i++) {
            int node = branches.branches().get(i).node();
            if (branch.branches().contains(node)) parts.add(new Part(true, i));
        }
        for (int s : branch.alone()) parts.add(new Part(false, s));
        parts.sort(Comparator.comparingLong(this::size).reversed());
        return parts;
    }

    private long size(Part part) {
        if (!part.branch()) return segmentation.size(part.index());
        return branches.branches().get(part.index()).segments().stream()
                .mapToLong(segmentation::size)
                .sum();
    }

    /** What two parts are, best first: dress and sweater buyers. */
    private Stream<Named> two(int b) {
        List<Part> parts = parts(b);
        return parts.size() == 2 ? pairs(parts.get(0), parts.get(1), this::joined) : Stream.of();
    }

    /**
     * What the largest parts with anything to tell are, and others: dress, book and other buyers.
     */
    private Stream<Named> several(int b) {
        List<Part> leads = parts(b).stream().flatMap(p -> lead(p).stream()).limit(2).toList();
        return leads.size() == 2
                ? pairs(leads.get(0), leads.get(1), this::amongOthers)
                : Stream.of();
    }

    /** The part itself if it has a thing of its own, or else the largest such part in it. */
    private Optional<Part> lead(Part part) {
        boolean thing =
                traits(part).anyMatch(t -> !Form.of(t, setting, language).adjunct().isEmpty());
        if (thing) return Optional.of(part);
        if (!part.branch()) return Optional.empty();
        return parts(part.index()).stream().flatMap(p -> lead(p).stream()).findFirst();
    }

    private Stream<Named> pairs(
            Part first, Part second, BiFunction<Trait, Trait, Optional<String>> join) {
        record Pair(String name, double score, List<Said> said) {}
        var pairs = new ArrayList<Pair>();
        for (Trait x : traits(first).limit(JOINED).toList()) {
            for (Trait y : traits(second).limit(JOINED).toList()) {
                if (x.key().equals(y.key())) continue;
                double score =
                        Math.sqrt(x.score()) * known(first, x)
                                + Math.sqrt(y.score()) * known(second, y);
                if (x.sense().isPresent() && x.sense().equals(y.sense())) score *= ALIKE;
                var said = List.of(new Said(first, x), new Said(second, y));
                double worth = score;
                join.apply(x, y).ifPresent(name -> pairs.add(new Pair(name, worth, said)));
            }
        }
        pairs.sort(Comparator.comparingDouble((Pair p) -> -p.score()).thenComparing(Pair::name));
        return pairs.stream().map(p -> new Named(p.name(), Branch.Basis.PARTS, p.said()));
    }

    /** More for a trait that a segment's own name tells. */
    private double known(Part part, Trait trait) {
        if (part.branch()) return 1;
        String name = segmentNames.get(part.index()).toLowerCase(Locale.ROOT);
        Form form = Form.of(trait, setting, language);
        return Stream.of(form.adjunct(), form.adjective(), noun(trait))
                        .filter(w -> !w.isEmpty())
                        .anyMatch(w -> name.contains(w.toLowerCase(Locale.ROOT)))
                ? IN_ITS_NAME
                : 1;
    }

    private String noun(Trait trait) {
        return trait.theme().map(theme -> Form.thing(theme, language)).orElse("");
    }

    private Optional<String> joined(Trait x, Trait y) {
        Form a = Form.of(x, setting, language);
        Form b = Form.of(y, setting, language);
        String head = a.head().isEmpty() ? ofBranches.head() : a.head();
        String other = b.head().isEmpty() ? ofBranches.head() : b.head();
        boolean things = !a.adjunct().isEmpty() && !b.adjunct().isEmpty();
        boolean kinds = !a.adjective().isEmpty() && !b.adjective().isEmpty();
        boolean said = !a.tail().isEmpty() && !b.tail().isEmpty();
        if (things && head.equals(other)) return pair("two", a.adjunct(), b.adjunct(), head);
        if (things) {
            String gap = language == Language.CHINESE ? "" : " ";
            return pair("both", a.adjunct() + gap + head, b.adjunct() + gap + other, "");
        }
        if (kinds && head.equals(other)) return pair("two", a.adjective(), b.adjective(), head);
        if (said) return pair("either", noun(x), noun(y), ofBranches.head());
        return Optional.empty();
    }

    private Optional<String> amongOthers(Trait x, Trait y) {
        Form a = Form.of(x, setting, language);
        Form b = Form.of(y, setting, language);
        if (a.adjunct().isEmpty() || b.adjunct().isEmpty()) return Optional.empty();
        String head = a.head().equals(b.head()) ? a.head() : "";
        return pair("several", a.adjunct(), b.adjunct(), head.isEmpty() ? ofBranches.head() : head);
    }

    private Optional<String> pair(String how, String first, String second, String head) {
        if (first.isEmpty() || second.isEmpty() || first.equals(second)) return Optional.empty();
        boolean han = language == Language.CHINESE;
        // 新 and 老 need a noun of their own.
        if (han && (first.length() < 2 || second.length() < 2)) return Optional.empty();
        String name =
                Message.of(
                                "describe.branch." + how,
                                "first",
                                han ? first.replaceAll("的$", "") : first,
                                "second",
                                second,
                                "head",
                                head)
                        .in(language);
        return Optional.of(English.capital(name.strip()));
    }

    /** A part that has a short name, the largest if it can be, and the others. */
    private Stream<Named> withOthers(int b, Set<String> used) {
        return parts(b).stream()
                .flatMap(this::inside)
                .flatMap(
                        part ->
                                candidates(part).stream()
                                        .filter(this::brief)
                                        .filter(n -> !sharedIn(b, said(part, n)))
                                        .filter(n -> !ofABranch(n.name(), used))
                                        .map(n -> withOthers(part, n)));
    }

    /** True if a branch above is called so already. */
    private boolean ofABranch(String name, Set<String> used) {
        String identity = Names.identity(name);
        return used.contains(identity)
                && segmentNames.stream().noneMatch(n -> Names.identity(n).equals(identity));
    }

    /** A part and those in it, the larger first. */
    private Stream<Part> inside(Part part) {
        if (!part.branch()) return Stream.of(part);
        return Stream.concat(Stream.of(part), parts(part.index()).stream().flatMap(this::inside));
    }

    private Named withOthers(Part part, Names.Candidate name) {
        boolean customers =
                name.name().endsWith(Message.of("describe.head.customers").in(language));
        String told =
                Message.of(
                                "describe.branch.others",
                                "name",
                                name.name(),
                                "customers",
                                customers ? "yes" : "no")
                        .in(language);
        return new Named(told, Branch.Basis.PARTS, said(part, name));
    }

    /** True if all that is said of a part is so throughout the branch. */
    private boolean sharedIn(int b, List<Said> said) {
        Set<String> shared =
                branches.traits().get(b).stream().map(Trait::key).collect(Collectors.toSet());
        return said.stream().allMatch(s -> shared.contains(s.trait().key()));
    }

    private List<Names.Candidate> candidates(Part part) {
        return part.branch()
                ? ofBranches.candidates(part.index())
                : ofSegments.candidates(part.index());
    }

    private boolean brief(Names.Candidate name) {
        if (language == Language.CHINESE) return name.name().length() <= SHORT_HAN;
        return !name.name().contains(",") && name.name().split(" ").length <= SHORT;
    }

    private Named mixed(Set<String> used) {
        String head = ofBranches.head();
        Stream<String> plain =
                Stream.of(Message.of("describe.name.mixed", "head", head).in(language));
        Stream<String> lettered =
                Stream.iterate('A', letter -> letter <= 'Z', letter -> (char) (letter + 1))
                        .map(
                                letter ->
                                        Message.of(
                                                        "describe.name.group",
                                                        "head",
                                                        head,
                                                        "letter",
                                                        "" + letter)
                                                .in(language));
        return free(
                        Stream.concat(plain, lettered)
                                .map(English::capital)
                                .map(name -> new Named(name, Branch.Basis.PARTS, List.of())),
                        used)
                .orElseThrow(() -> new IllegalStateException("no name left"));
    }
}
