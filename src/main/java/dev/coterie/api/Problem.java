package dev.coterie.api;

import dev.coterie.error.CancelledException;
import dev.coterie.error.ConflictException;
import dev.coterie.error.CoterieException;
import dev.coterie.error.InvalidInputException;
import dev.coterie.error.LimitException;
import dev.coterie.error.NotFoundException;
import dev.coterie.error.RefusedException;
import dev.coterie.error.StorageException;
import dev.coterie.language.Language;
import dev.coterie.language.Message;
import dev.coterie.run.Failure;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An error as RFC 9457 tells it.
 *
 * @param pointer the field that is wrong
 * @param errors more than one place that is wrong, rendered
 * @param next method and address of what would help
 */
record Problem(
        int status,
        String code,
        Message detail,
        Optional<String> pointer,
        List<Map<String, Object>> errors,
        Optional<Next> next) {
    /** Codes of input that is not even well-formed. */
    private static final Set<String> MALFORMED =
            Set.of(
                    "invalid_json",
                    "json_over_limit",
                    "not_an_object",
                    "unknown_field",
                    "unknown_parameter",
                    "bad_request",
                    "missing_field",
                    "invalid_value",
                    "token_input_not_supported",
                    "dimensions_not_supported",
                    "not_multipart");

    /** Codes of failures that lie with the server and not with what it was given. */
    private static final Set<String> UNAVAILABLE =
            Set.of("interrupted", "storage_failed", "busy", "model_away");

    private static final Set<String> UNAUTHORISED = Set.of("key_required", "key_wrong");

    record Next(String method, String href) {}

    Problem(int status, String code, Message detail) {
        this(status, code, detail, Optional.empty(), List.of(), Optional.empty());
    }

    static Problem of(CoterieException e) {
        Optional<String> pointer =
                e instanceof InvalidInputException input ? input.pointer() : Optional.empty();
        return new Problem(
                status(e), e.code(), e.message(), pointer, otherRuns(e), Optional.empty());
    }

    /** A segment that the run does not have: the runs that have it, one by one. */
    private static List<Map<String, Object>> otherRuns(CoterieException e) {
        if (!e.code().equals("segment_not_in_run")) return List.of();
        return Arrays.stream(e.message().arguments().get("runs").toString().split(", "))
                .map(run -> Body.of("pointer", "/run", "code", "has_segment", "detail", run))
                .toList();
    }

    Problem with(List<Map<String, Object>> found, Next way) {
        return new Problem(status, code, detail, pointer, found, Optional.of(way));
    }

    static int status(CoterieException e) {
        String code = e.code();
        if (e instanceof InvalidInputException) {
            if (code.equals("stale_cursor")) return 410;
            return MALFORMED.contains(code) ? 400 : 422;
        }
        if (e instanceof LimitException) return 413;
        if (e instanceof NotFoundException) return 404;
        if (e instanceof ConflictException) return code.startsWith("lost_update") ? 412 : 409;
        if (e instanceof CancelledException) return 409;
        if (e instanceof StorageException) return code.equals("storage_full") ? 507 : 503;
        if (e instanceof RefusedException) return refused(code);
        return 503;
    }

    private static int refused(String code) {
        if (UNAUTHORISED.contains(code)) return 401;
        if (code.equals("busy")) return 503;
        if (code.equals("unsupported_media_type")) return 415;
        return 403;
    }

    /** The JSON of the problem. */
    Map<String, Object> body(Language language, String requestId) {
        List<Map<String, Object>> places = errors;
        if (places.isEmpty() && pointer.isPresent()) {
            places =
                    List.of(
                            Body.of(
                                    "pointer",
                                    pointer.get(),
                                    "code",
                                    code,
                                    "detail",
                                    detail.in(language)));
        }
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "/docs/errors#" + code);
        body.put("title", Message.of("api.title." + titled()).in(language));
        body.put("status", status);
        body.put("code", code);
        body.put("detail", detail.in(language));
        body.put("errors", places);
        body.put(
                "next",
                next.map(n -> Body.of("method", n.method(), "href", n.href())).orElse(null));
        body.put("request_id", requestId);
        return body;
    }

    /** A failure of a job or an answer as a problem within its JSON. */
    static Map<String, Object> of(Failure failure, Language language) {
        var problem = new Problem(status(failure.code()), failure.code(), failure.message());
        Map<String, Object> body = problem.body(language, "");
        body.remove("request_id");
        return body;
    }

    private static int status(String code) {
        if (code.equals("storage_full")) return 507;
        if (UNAVAILABLE.contains(code)) return 503;
        return code.equals("internal") ? 500 : 422;
    }

    private int titled() {
        Set<Integer> known =
                Set.of(400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 422, 500, 503, 507);
        if (known.contains(status)) return status;
        return status < 500 ? 400 : 500;
    }

    void send(Context ctx) {
        if (status == 503) ctx.header("Retry-After", "2");
        if (status == 401) ctx.header("WWW-Authenticate", "Bearer");
        String requestId = RequestIds.of(ctx);
        boolean openAi = ctx.path().startsWith("/v1/");
        Object body = openAi ? openAi(Call.language(ctx)) : body(Call.language(ctx), requestId);
        ctx.status(status)
                .contentType(
                        openAi
                                ? "application/json; charset=utf-8"
                                : "application/problem+json; charset=utf-8")
                .header("Cache-Control", "no-store")
                .result(Body.json(body).getBytes(StandardCharsets.UTF_8));
    }

    /** The shape that OpenAI's clients parse. */
    private Map<String, Object> openAi(Language language) {
        String type = status >= 500 ? "server_error" : "invalid_request_error";
        Optional<String> param =
                pointer.map(p -> p.replaceFirst("^/", "").replace('/', '.'))
                        .filter(p -> !p.isEmpty());
        return Body.of(
                "error",
                Body.of(
                        "message",
                        detail.in(language),
                        "type",
                        type,
                        "param",
                        param,
                        "code",
                        code));
    }
}
