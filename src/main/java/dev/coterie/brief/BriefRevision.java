package dev.coterie.brief;

import dev.coterie.brief.Brief.Item;
import dev.coterie.brief.Brief.Key;
import dev.coterie.brief.Brief.Section;
import dev.coterie.brief.Brief.Source;
import dev.coterie.error.NotFoundException;
import dev.coterie.language.Message;
import dev.coterie.proof.Fact;
import dev.coterie.proof.References;
import dev.coterie.proof.ShownFigures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What people do to a brief: edit, add, remove, lock, and have sections written anew. Every method
 * gives a new brief; figures that an edit leaves in place stay references to their facts.
 */
public final class BriefRevision {
    private final Brief brief;

    public BriefRevision(Brief brief) {
        this.brief = brief;
    }

    /**
     * A statement in the words of a person.
     *
     * @param text figures as they are shown, or as references
     * @param smallCount counts below it are shown as withheld
     * @throws NotFoundException if the brief has no such statement
     */
    public Brief edited(String id, String text, int smallCount) {
        Item item = item(id);
        var shown = new ShownFigures(brief.facts(), brief.language(), smallCount);
        String written = shown.referenced(text, item.facts(), known(item.facts()));
        Set<String> cited = new java.util.LinkedHashSet<>(References.ids(written));
        // An offer rests on figures that its sentence does not tell.
        if (!item.basis().isEmpty()) cited.addAll(item.facts());
        return changed(id, i -> Optional.of(i.inWords(written, List.copyOf(cited))));
    }

    /** Facts whose figure stands for no other one of the brief. */
    private List<String> known(Collection<String> own) {
        return brief.facts().keySet().stream().filter(f -> !own.contains(f)).toList();
    }

    /** A statement of a person at the end of a section. */
    public Brief added(Key key, String text, int smallCount) {
        var shown = new ShownFigures(brief.facts(), brief.language(), smallCount);
        String written = shown.referenced(text, List.of(), known(List.of()));
        var items = new ArrayList<>(brief.section(key).items());
        items.add(
                new Item(
                        "own",
                        written,
                        Source.HUMAN,
                        List.of(),
                        References.ids(written),
                        List.of(),
                        false));
        return whole(List.of(brief.section(key).with(items)), brief.facts());
    }

    public Brief removed(String id) {
        item(id);
        return changed(id, i -> Optional.empty());
    }

    /** Locks a statement, or unlocks it. */
    public Brief locked(String id, boolean on) {
        item(id);
        return changed(id, i -> Optional.of(i.locked(on)));
    }

    /** Locks a whole section, or unlocks it. */
    public Brief locked(Key key, boolean on) {
        return whole(List.of(brief.section(key).locked(on)), brief.facts());
    }

    private Item item(String id) {
        return brief.item(id)
                .orElseThrow(
                        () -> new NotFoundException(Message.of("brief.item_not_found", "id", id)));
    }

    private Brief changed(String id, Function<Item, Optional<Item>> change) {
        var sections = new ArrayList<Section>();
        for (Section section : brief.sections()) {
            if (section.items().stream().noneMatch(i -> i.id().equals(id))) continue;
            sections.add(
                    section.with(
                            section.items().stream()
                                    .flatMap(
                                            i ->
                                                    i.id().equals(id)
                                                            ? change.apply(i).stream()
                                                            : Stream.of(i))
                                    .toList()));
        }
        return whole(sections, brief.facts());
    }

    /**
     * Sections as a writer wrote them anew, each with what people wrote or locked in its place.
     *
     * @param fresh the brief as it would be written now, of the same or another run
     * @param keys which sections; with all of them the brief is renewed: its name, goal and figures
     *     are those of {@code fresh}
     */
    public Brief rewritten(Brief fresh, Set<Key> keys) {
        boolean renewed = keys.containsAll(Set.of(Key.values()));
        boolean reworded = keys.stream().anyMatch(ModelIdeas.WORDED::contains);
        Brief base = renewed ? fresh : reworded ? brief.by(fresh) : brief;
        Brief other = renewed ? brief : fresh;
        var facts = new LinkedHashMap<>(base.facts());
        Map<String, String> ids = joined(facts, other.facts().values());
        var sections = new ArrayList<Section>();
        for (Key key : Key.values()) {
            if (key == Key.EVIDENCE) continue;
            Function<Item, Item> own = i -> renewed ? renamed(i, ids) : i;
            Function<Item, Item> theirs = i -> renewed ? i : renamed(i, ids);
            Section old = brief.section(key);
            List<Item> kept = old.items().stream().map(own).toList();
            if (keys.contains(key) && !old.locked()) {
                Section written = fresh.section(key);
                kept = merged(kept, written.items().stream().map(theirs).toList());
                old = old.under(written.prompt());
            }
            sections.add(old.with(kept));
        }
        return new BriefRevision(base).whole(sections, facts);
    }

    /** The fresh statements, with those that are kept in their places or after them. */
    private static List<Item> merged(List<Item> old, List<Item> fresh) {
        Map<String, Item> kept =
                old.stream()
                        .filter(Item::kept)
                        .collect(
                                Collectors.toMap(
                                        Item::id, i -> i, (a, b) -> a, LinkedHashMap::new));
        var items = new ArrayList<Item>();
        for (Item item : fresh) {
            Item own = kept.remove(item.id());
            items.add(own == null ? item : own);
        }
        items.addAll(kept.values());
        return items;
    }

    /**
     * Adds facts to those of a brief: a figure of the same thing is the one that is there, another
     * gets a free id.
     *
     * @return for each id the one it has among {@code facts}
     */
    private static Map<String, String> joined(Map<String, Fact> facts, Collection<Fact> more) {
        var byMeaning = new HashMap<String, String>();
        facts.forEach((id, fact) -> byMeaning.putIfAbsent(BriefChanges.meaning(fact), id));
        // Above the ids of both, or a later fact would get one that is taken by then.
        int free =
                Stream.concat(facts.keySet().stream(), more.stream().map(Fact::id))
                        .mapToInt(id -> Integer.parseInt(id.substring(1)))
                        .max()
                        .orElse(0);
        var ids = new HashMap<String, String>();
        for (Fact fact : more) {
            String id = byMeaning.get(BriefChanges.meaning(fact));
            if (id == null) {
                id = facts.containsKey(fact.id()) ? "f" + ++free : fact.id();
                facts.put(id, fact.called(id));
            }
            ids.put(fact.id(), id);
        }
        return ids;
    }

    private static Item renamed(Item item, Map<String, String> ids) {
        return new Item(
                item.id(),
                References.renamed(item.text(), ids),
                item.source(),
                item.quotes(),
                item.facts().stream().map(f -> ids.getOrDefault(f, f)).toList(),
                item.basis(),
                item.locked());
    }

    /** The brief with some sections replaced, and the evidence for what it says now. */
    private Brief whole(List<Section> others, Map<String, Fact> facts) {
        Map<Key, Section> byKey = others.stream().collect(Collectors.toMap(Section::key, s -> s));
        var sections = new ArrayList<Section>();
        for (Section s : brief.sections()) sections.add(byKey.getOrDefault(s.key(), s));
        Map<String, Fact> used = BriefWriter.used(sections, facts);
        Section evidence = brief.section(Key.EVIDENCE);
        var lines = new ArrayList<Item>();
        Evidence.items(used.values(), new Statements(brief.language())).stream()
                .filter(i -> i.source() == Source.DATA)
                .forEach(lines::add);
        lines.addAll(Evidence.signatures(byKey.getOrDefault(Key.EVIDENCE, evidence)));
        sections.set(sections.size() - 1, evidence.with(lines));
        return brief.with(sections, used);
    }
}
