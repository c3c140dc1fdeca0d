package dev.coterie.api;

import static java.util.Map.entry;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.util.Map;
import java.util.Set;

/**
 * The query parameters that each address of the API knows. Another one is refused: a misspelt
 * filter would be answered with everything.
 */
final class QueryParameters {
    private static final String BASE = "/api/v1";
    private static final Set<String> PAGE = Set.of("limit", "cursor");
    private static final Set<String> RUN = Set.of("run");
    private static final Set<String> PAGE_OF_RUN = Set.of("run", "limit", "cursor");
    private static final Set<String> AFTER = Set.of("after");

    /** By method and path below {@code /api/v1}; one that is not here knows none. */
    static final Map<String, Set<String>> KNOWN =
            Map.ofEntries(
                    entry("GET /projects", PAGE),
                    entry("GET /projects/{p}/datasets", PAGE),
                    entry("GET /datasets/{d}/rejects", Set.of("format", "limit", "cursor")),
                    entry("GET /projects/{p}/runs", PAGE),
                    entry("GET /runs/{r}/comparison", Set.of("with")),
                    entry("GET /runs/{r}/model-preview", Set.of("purpose")),
                    entry("GET /jobs", Set.of("project", "state", "limit", "cursor")),
                    entry("GET /jobs/{j}/events", AFTER),
                    entry("GET /projects/{p}/segments", PAGE_OF_RUN),
                    entry("GET /segments/{s}", RUN),
                    entry("PATCH /segments/{s}", RUN),
                    entry("GET /segments/{s}/members", Set.of("run", "format", "limit", "cursor")),
                    entry("GET /segments/{s}/evidence", PAGE_OF_RUN),
                    entry("GET /segments/{s}/neighbors", PAGE_OF_RUN),
                    entry("GET /segments/{s}/rule", RUN),
                    entry("GET /evidence/{e}/rows", PAGE),
                    entry("POST /projects/{p}/segments:merge", RUN),
                    entry("POST /segments/{s}:split", RUN),
                    entry("POST /projects/{p}/segments:undo", RUN),
                    entry("POST /projects/{p}/customers:move", RUN),
                    entry("POST /projects/{p}/customers:release", RUN),
                    entry("GET /projects/{p}/history", PAGE),
                    entry(
                            "GET /projects/{p}/customers",
                            Set.of("run", "segment", "outlier", "limit", "cursor")),
                    entry("GET /projects/{p}/customers/{id}", RUN),
                    entry(
                            "GET /projects/{p}/customers/{id}/similar",
                            Set.of("run", "within", "explain", "limit")),
                    entry("POST /projects/{p}/customers:assign", RUN),
                    entry("POST /projects/{p}/customers:embed", RUN),
                    entry("POST /projects/{p}/customers:predict", RUN),
                    entry("GET /projects/{p}/models", PAGE_OF_RUN),
                    entry("GET /projects/{p}/briefs", PAGE),
                    entry("GET /briefs/{b}", Set.of("format")),
                    entry("GET /projects/{p}/chats", PAGE),
                    entry("GET /chats/{c}/messages", PAGE),
                    entry("GET /messages/{m}/events", AFTER),
                    entry("GET /model-calls", PAGE));

    private QueryParameters() {}

    /**
     * @throws dev.coterie.error.InvalidInputException naming the parameter and the nearest known
     */
    static void check(Context ctx) {
        Endpoint endpoint = ctx.endpoints().matchedHttpEndpoint();
        // HEAD is answered by the server itself, without a route.
        if (endpoint == null || !endpoint.path.startsWith(BASE + "/")) return;
        String path = endpoint.path;
        String address = endpoint.method.name() + " " + path.substring(BASE.length());
        Set<String> known = KNOWN.getOrDefault(address, Set.of());
        for (String name : ctx.queryParamMap().keySet()) {
            if (known.contains(name)) continue;
            throw Call.unknown("api.unknown_parameter", name, known, "?" + name, null);
        }
    }
}
