package dev.coterie.api;

import dev.coterie.brief.Brief;
import dev.coterie.brief.BriefHtml;
import dev.coterie.brief.BriefMarkdown;
import dev.coterie.brief.Remarks;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.proof.References;
import dev.coterie.run.BriefEntry;
import dev.coterie.run.BriefStanding;
import dev.coterie.run.ModelUsage;
import dev.coterie.run.SegmentEntry;
import dev.coterie.run.State;
import dev.coterie.run.Workspace;
import dev.coterie.words.PersonalData;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Briefs as JSON. */
final class BriefView {
    private final Workspace workspace;
    private final FactView facts;
    private final Counts counts;
    private final RuleView rules;

    BriefView(Workspace workspace, Counts counts) {
        this.workspace = workspace;
        this.facts = new FactView(counts);
        this.counts = counts;
        this.rules = new RuleView(counts);
    }

    /** Enough for a list. */
    Map<String, Object> brief(BriefEntry entry, Language language) {
        return brief(entry, workspace.briefs().standing(entry), language);
    }

    private Map<String, Object> brief(BriefEntry entry, BriefStanding standing, Language language) {
        Optional<Brief> content = entry.content();
        return Body.of(
                "id",
                entry.id(),
                "project",
                entry.project(),
                "run",
                entry.run(),
                "segment",
                entry.segment(),
                "number",
                entry.number() > 0 ? Optional.of(entry.number()) : content.map(Brief::segment),
                "name",
                content.map(Brief::name),
                "language",
                entry.request().language().tag(),
                "goal",
                content.map(Brief::goal).orElse(entry.request().goal()),
                "channels",
                entry.request().channels(),
                "status",
                entry.state() == State.SUCCEEDED ? "ready" : entry.state().word(),
                "writer",
                content.map(b -> b.writer().word()),
                "model",
                content.flatMap(Brief::model),
                "fallback",
                content.flatMap(Brief::fallback).map(m -> m.in(language)),
                "waiting",
                workspace.jobs().waiting(entry.id()).map(job -> RunView.waiting(job, language)),
                "stage",
                entry.checkedNow() ? "checked" : "draft",
                "version",
                entry.version(),
                "etag",
                entry.etag(),
                "undoable",
                entry.undoable(),
                "stale",
                standing.stale(),
                "created_at",
                entry.createdAt(),
                "changed_at",
                entry.changedAt());
    }

    Map<String, Object> of(BriefEntry entry, Language language) {
        BriefStanding standing = workspace.briefs().standing(entry);
        Map<String, Object> view = brief(entry, standing, language);
        if (entry.content().isEmpty()) return view;
        Brief brief = entry.content().get();
        view.put(
                "usage",
                UsageView.of(workspace.usage().of(ModelUsage.For.BRIEF, entry.id())).orElse(null));
        view.put("standing", standing(standing, language));
        view.put(
                "checks",
                Body.of(
                        "claims",
                        brief.checks().claims(),
                        "supported",
                        brief.checks().supported(),
                        "hypotheses",
                        brief.checks().hypotheses(),
                        "human",
                        brief.checks().human(),
                        "removed",
                        brief.checks().removed()));
        view.put("sections", brief.sections().stream().map(s -> section(s, brief, entry)).toList());
        var shown = new LinkedHashMap<String, Object>();
        brief.facts()
                .forEach(
                        (id, fact) -> shown.put(id, facts.of(entry.run(), fact, brief.language())));
        view.put("facts", shown);
        view.put("test_plan", brief.testPlan().map(BriefView::plan).orElse(null));
        view.put(
                "rule",
                brief.segmentRule().map(r -> rules.brief(r, brief.language())).orElse(null));
        view.put("markdown", markdown(brief));
        String address = "/api/v1/briefs/" + entry.id();
        view.put(
                "links",
                Body.of("html", address + "?format=html", "markdown", address + "?format=md"));
        return view;
    }

    String markdown(Brief brief) {
        return BriefMarkdown.render(brief, brief.language(), counts.threshold());
    }

    String html(Brief brief) {
        return BriefHtml.render(brief, brief.language(), counts.threshold());
    }

    /** What changed since: each figure as the brief tells it and as it is now. */
    private Map<String, Object> standing(BriefStanding standing, Language language) {
        String run = standing.now().map(SegmentEntry::run).orElse("");
        return Body.of(
                "reasons",
                standing.reasons().stream().map(BriefStanding.Reason::word).toList(),
                "renewable",
                standing.now().isPresent(),
                "name",
                standing.name(),
                "segment",
                standing.now().map(SegmentEntry::id),
                "number",
                standing.now().map(SegmentEntry::number),
                "changes",
                standing.changes().stream()
                        .map(
                                change ->
                                        Body.of(
                                                "fact",
                                                change.fact().id(),
                                                "label",
                                                change.fact().label().in(language),
                                                "filter",
                                                change.fact().filter().in(language),
                                                "was",
                                                facts.show(change.fact(), language),
                                                "now",
                                                change.now().map(f -> facts.show(f, language)),
                                                "current",
                                                change.now().map(f -> facts.of(run, f, language))))
                        .toList());
    }

    private static Map<String, Object> plan(Brief.TestPlan plan) {
        return Body.of(
                "baseline",
                plan.baseline(),
                "min_effect",
                plan.minEffect(),
                "power",
                plan.power(),
                "alpha",
                plan.alpha(),
                "per_arm",
                plan.perArm(),
                "days",
                plan.days() == 0 ? null : plan.days(),
                "feasible",
                plan.feasible());
    }

    private Map<String, Object> section(Brief.Section section, Brief brief, BriefEntry entry) {
        return Body.of(
                "key",
                section.key().word(),
                "title",
                Message.of("brief.section." + section.key().word()).in(brief.language()),
                "source",
                section.source().word(),
                "locked",
                section.locked(),
                "prompt",
                section.prompt(),
                "items",
                section.items().stream().map(item -> item(section, item, brief, entry)).toList());
    }

    private Map<String, Object> item(
            Brief.Section section, Brief.Item item, Brief brief, BriefEntry entry) {
        return Body.of(
                "id",
                item.id(),
                "place",
                brief.place(item.id()),
                "remark",
                Remarks.of(brief, section.key(), item, brief.language(), counts.threshold()),
                "text",
                item.text(),
                "rendered",
                References.render(item.text(), brief.facts(), brief.language(), counts.threshold()),
                "source",
                item.source().word(),
                "locked",
                item.locked(),
                "placeholder",
                item.placeholder(),
                "basis",
                item.basis(),
                "quotes",
                item.quotes().stream()
                        .map(
                                quote ->
                                        Body.of(
                                                "text",
                                                PersonalData.mask(quote.text()),
                                                "kind",
                                                quote.kind().name().toLowerCase(Locale.ROOT)))
                        .toList(),
                "facts",
                item.facts(),
                "evidence",
                item.facts().stream().map(f -> FactView.evidence(entry.run(), f)).toList());
    }
}
