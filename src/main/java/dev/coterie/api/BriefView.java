package dev.coterie.api;

import dev.coterie.brief.Brief;
import dev.coterie.brief.BriefMarkdown;
import dev.coterie.describe.PersonalData;
import dev.coterie.describe.References;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.run.Briefs;
import dev.coterie.run.Project;
import dev.coterie.run.State;
import dev.coterie.run.Workspace;
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
    Map<String, Object> brief(Briefs.Entry entry, Language language) {
        Optional<Brief> content = entry.content();
        Project project = workspace.projects().get(entry.project());
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
                "stale",
                !project.publishedRun().equals(Optional.of(entry.run())),
                "created_at",
                entry.createdAt());
    }

    Map<String, Object> of(Briefs.Entry entry, Language language) {
        Map<String, Object> view = brief(entry, language);
        if (entry.content().isEmpty()) return view;
        Brief brief = entry.content().get();
        view.put(
                "checks",
                Body.of(
                        "claims",
                        brief.checks().claims(),
                        "supported",
                        brief.checks().supported(),
                        "hypotheses",
                        brief.checks().hypotheses(),
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
        view.put("markdown", BriefMarkdown.render(brief, brief.language()));
        String address = "/api/v1/briefs/" + entry.id();
        view.put(
                "links",
                Body.of("html", address + "?format=html", "markdown", address + "?format=md"));
        return view;
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
                plan.days(),
                "feasible",
                plan.feasible());
    }

    private Map<String, Object> section(Brief.Section section, Brief brief, Briefs.Entry entry) {
        return Body.of(
                "key",
                section.key().word(),
                "title",
                Message.of("brief.section." + section.key().word()).in(brief.language()),
                "source",
                section.source().word(),
                "items",
                section.items().stream().map(item -> item(item, brief, entry)).toList());
    }

    private Map<String, Object> item(Brief.Item item, Brief brief, Briefs.Entry entry) {
        return Body.of(
                "text",
                item.text(),
                "rendered",
                References.render(item.text(), brief.facts(), brief.language(), counts.threshold()),
                "source",
                item.source().word(),
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
