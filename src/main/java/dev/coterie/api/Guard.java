package dev.coterie.api;

import dev.coterie.config.Config;
import dev.coterie.error.RefusedException;
import dev.coterie.language.Message;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Who may call. With a key set, every call of the interfaces for programs needs it; without one,
 * the host and the origin of a request must be known names, so that other web pages cannot use a
 * server without a key.
 */
final class Guard {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final String BEARER = "Bearer ";
    private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH");

    private final Config.Server settings;
    private final Set<String> hosts;

    /**
     * @throws RefusedException if the address is not loopback and there is no key
     */
    Guard(Config.Server settings) {
        this.settings = settings;
        this.hosts = new HashSet<>(LOOPBACK);
        settings.allowedHosts().forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
        boolean open = settings.adminKey().isEmpty() && !settings.allowNoKey();
        if (open && !loopback(settings.host())) {
            throw new RefusedException(
                    Message.of("api.key_needed_to_listen", "address", settings.host()));
        }
    }

    boolean keyless() {
        return settings.adminKey().isEmpty();
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    void check(Context ctx) {
        if (keyless()) {
            checkHost(ctx);
        } else if (needsKey(ctx.path())) {
            checkKey(ctx);
        }
        checkMediaType(ctx);
    }

    private void checkHost(Context ctx) {
        String host = name(ctx.header("Host"));
        if (!hosts.contains(host)) {
            throw new RefusedException(Message.of("api.host_refused", "host", host));
        }
        String origin = ctx.header("Origin");
        if (origin != null && !hosts.contains(originHost(origin))) {
            throw new RefusedException(Message.of("api.origin_refused"));
        }
    }

    private static boolean needsKey(String path) {
        return path.startsWith("/api/") || path.startsWith("/v1/") || path.equals("/metrics");
    }

    private void checkKey(Context ctx) {
        String header = ctx.header("Authorization");
        // The name of a scheme is written in any case, RFC 9110 section 11.1.
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new RefusedException(Message.of("api.key_required"));
        }
        byte[] given = header.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
        byte[] right = settings.adminKey().orElseThrow().reveal().getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(given, right)) {
            throw new RefusedException(Message.of("api.key_wrong"));
        }
    }

    /** A form of another page can send neither JSON nor our multipart without being asked first. */
    private static void checkMediaType(Context ctx) {
        boolean body = ctx.req().getContentLengthLong() != 0 && hasBody(ctx);
        if (!CHANGING.contains(ctx.method().name()) || !body) return;
        String type = ctx.contentType() == null ? "" : ctx.contentType().toLowerCase(Locale.ROOT);
        if (type.startsWith("application/json") || type.startsWith("multipart/form-data")) return;
        throw new RefusedException(Message.of("api.unsupported_media_type"));
    }

    private static boolean hasBody(Context ctx) {
        return ctx.req().getContentLengthLong() > 0 || ctx.header("Transfer-Encoding") != null;
    }

    private static String originHost(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host == null ? "" : host.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** The host without its port. */
    private static String name(String host) {
        if (host == null) return "";
        String lower = host.toLowerCase(Locale.ROOT).strip();
        if (lower.startsWith("[")) return lower.substring(0, lower.indexOf(']') + 1);
        int colon = lower.indexOf(':');
        return colon < 0 ? lower : lower.substring(0, colon);
    }
}
