package dev.coterie.api;

import dev.coterie.language.Language;
import dev.coterie.proof.Fact;
import dev.coterie.run.Chat;
import dev.coterie.run.Project;
import dev.coterie.run.Proposals;
import dev.coterie.run.Run;
import dev.coterie.run.Workspace;
import dev.coterie.tools.Proposal;
import dev.coterie.tools.Quotation;
import dev.coterie.tools.Table;
import dev.coterie.tools.ToolResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What tools found and proposed as JSON. */
final class ToolView {
    /** A customer in an answer of an earlier version, which knew customers by the row. */
    private static final Pattern CUSTOMER_ROW =
            Pattern.compile("(?<=^|[?&]customer=)cus_(\\d{1,9})(?=$|&)");

    private final Workspace workspace;
    private final FactView facts;

    ToolView(Workspace workspace, FactView facts) {
        this.workspace = workspace;
        this.facts = facts;
    }

    Map<String, Object> tool(String call, ToolResult result, String message, Chat chat) {
        Map<String, Object> view =
                result(result, chat.run(), chat.language(), f -> owner(f.id(), message, chat));
        view.put("call", call);
        result.proposal().ifPresent(p -> view.put("proposal", proposal(p, message, chat)));
        return view;
    }

    /**
     * Whose fact it is: the run's, or the answer's for which it was computed. A conversation
     * numbers on from the run's last.
     *
     * @return id of the run or of the message
     */
    String owner(String fact, String message, Chat chat) {
        return ofRun(fact, chat.run()) ? chat.run() : message;
    }

    private boolean ofRun(String fact, String run) {
        return workspace.runs().finished(run).analysis().description().facts().containsKey(fact);
    }

    /** What a call of its own found, and the request that finds it again. */
    Map<String, Object> result(ToolResult result, String run, Language language) {
        return result(result, run, language, f -> ofRun(f.id(), run) ? run : "");
    }

    private Map<String, Object> result(
            ToolResult result, String run, Language language, Function<Fact, String> owner) {
        return Body.of(
                "tool",
                result.tool(),
                "label",
                result.label(),
                "ms",
                result.millis(),
                "rows",
                result.rows(),
                "facts",
                result.facts().stream()
                        .map(fact -> facts.of(owner.apply(fact), fact, language))
                        .toList(),
                "table",
                result.table().map(ToolView::table),
                "quotes",
                result.quotes().stream().map(ToolView::quote).toList(),
                "view",
                result.view().map(page -> address(run, page)),
                "request",
                request(run, result.tool(), result.args()));
    }

    /** What a person may confirm, and what came of it. */
    private Map<String, Object> proposal(Proposal proposal, String message, Chat chat) {
        Map<String, Object> view =
                proposal(
                        proposal,
                        "/api/v1/messages/" + message + ":continue",
                        Body.of("token", proposal.token()));
        view.put("done", workspace.proposals().made(message, proposal).isPresent());
        String page = "briefs/" + Proposals.briefId(message, proposal);
        view.put("view", address(chat.run(), page));
        return view;
    }

    private static Map<String, Object> proposal(
            Proposal proposal, String path, Map<String, Object> body) {
        return Body.of(
                "action",
                proposal.action(),
                "label",
                proposal.label(),
                "args",
                proposal.args(),
                "request",
                Body.of("method", "POST", "path", path, "body", body));
    }

    /** What a caller may do that a tool proposes. */
    Map<String, Object> preview(Proposal proposal, String runId) {
        Map<String, Object> body = Body.of("segment", proposal.args().get("segment"), "run", runId);
        Object goal = proposal.args().get("goal");
        Object channel = proposal.args().get("channel");
        if (goal != null) body.put("goal", goal);
        if (channel != null) body.put("channels", List.of(channel));
        return proposal(
                proposal,
                "/api/v1/projects/" + workspace.runs().get(runId).project() + "/briefs",
                body);
    }

    private Map<String, Object> request(String run, String tool, Map<String, Object> args) {
        var body = new LinkedHashMap<>(args);
        body.computeIfPresent("customer", (name, id) -> lasting(run, id.toString()));
        return Body.of(
                "method", "POST", "path", "/api/v1/runs/" + run + "/tools/" + tool, "body", body);
    }

    /** The text with the ids that last in the place of rows. */
    private String lasting(String run, String text) {
        return CUSTOMER_ROW
                .matcher(text)
                .replaceAll(
                        m ->
                                workspace
                                        .runs()
                                        .finished(run)
                                        .customerId(Integer.parseInt(m.group(1))));
    }

    /** The address of a page of a run. */
    String address(String runId, String page) {
        Run run = workspace.runs().get(runId);
        Project project = workspace.projects().get(run.project());
        return "/p/" + project.slug() + "/r/" + run.number() + "/" + lasting(runId, page);
    }

    static Map<String, Object> table(Table table) {
        return Body.of(
                "title",
                table.title(),
                "columns",
                table.columns(),
                "rows",
                table.rows().stream()
                        .map(
                                row ->
                                        row.stream()
                                                .map(
                                                        c ->
                                                                Body.of(
                                                                        "text", c.text(), "fact",
                                                                        c.fact()))
                                                .toList())
                        .toList(),
                "total",
                table.total());
    }

    static Map<String, Object> quote(Quotation quote) {
        return Body.of(
                "id",
                quote.id(),
                "text",
                quote.text(),
                "segment",
                quote.segment(),
                "source",
                quote.source());
    }
}
