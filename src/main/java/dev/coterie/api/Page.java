package dev.coterie.api;

import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Message;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * One page of a list.
 *
 * @param binding what the list depends on, such as its run and the query; a cursor of another one
 *     is stale
 */
record Page(int offset, int limit, String binding) {
    private static final int DEFAULT = 100;
    private static final int MOST = 1000;

    static Page of(Context ctx, String binding) {
        int limit = DEFAULT;
        Optional<String> asked = Call.query(ctx, "limit");
        if (asked.isPresent()) {
            if (!asked.get().matches("[1-9]\\d{0,3}")) throw Call.wrong("?limit");
            limit = Math.min(MOST, Integer.parseInt(asked.get()));
        }
        String whole = DigestUtils.sha256Hex(binding + " " + address(ctx)).substring(0, 16);
        return new Page(offset(Call.query(ctx, "cursor"), whole), limit, whole);
    }

    /** The request without what tells its pages apart. */
    private static String address(Context ctx) {
        String query =
                ctx.queryParamMap().entrySet().stream()
                        .filter(e -> !e.getKey().equals("cursor") && !e.getKey().equals("limit"))
                        .sorted(Map.Entry.comparingByKey())
                        .flatMap(
                                e ->
                                        e.getValue().stream()
                                                .map(v -> encoded(e.getKey()) + "=" + encoded(v)))
                        .collect(Collectors.joining("&"));
        return query.isEmpty() ? ctx.path() + "?" : ctx.path() + "?" + query + "&";
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }

    private static int offset(Optional<String> cursor, String binding) {
        if (cursor.isEmpty()) return 0;
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor.get());
            String[] parts = new String(bytes, StandardCharsets.UTF_8).split(" ", 2);
            int offset = Integer.parseInt(parts[0]);
            if (offset < 0 || !parts[1].equals(binding)) throw stale();
            return offset;
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw stale();
        }
    }

    private static InvalidInputException stale() {
        return new InvalidInputException(Message.of("api.stale_cursor"), "?cursor", null);
    }

    /** The part of a list that is on this page, rendered, with the page's own fields. */
    <T> Map<String, Object> of(Context ctx, List<T> all, Function<T, ?> rendering) {
        return of(ctx, all.size(), i -> rendering.apply(all.get(i)));
    }

    Map<String, Object> of(Context ctx, int total, IntFunction<?> item) {
        var data = new java.util.ArrayList<Object>();
        int end = (int) Math.min(total, (long) offset + limit);
        for (int i = offset; i < end; i++) data.add(item.apply(i));
        Optional<String> next = end < total ? Optional.of(cursor(end)) : Optional.empty();
        next.ifPresent(
                cursor ->
                        ctx.header(
                                "Link",
                                "<%slimit=%d&cursor=%s>; rel=\"next\""
                                        .formatted(address(ctx), limit, cursor)));
        return Body.of(
                "data", data, "page", Body.of("next", next, "total", total, "total_exact", true));
    }

    private String cursor(int at) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((at + " " + binding).getBytes(StandardCharsets.UTF_8));
    }
}
