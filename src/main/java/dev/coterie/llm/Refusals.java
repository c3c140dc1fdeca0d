package dev.coterie.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Reads what an endpoint or the network says no with. Never keeps a word of it. */
final class Refusals {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Refusals() {}

    /** The fault behind a connection that failed. */
    static FaultException ofConnection(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof FaultException f) return f;
            if (t instanceof HttpConnectTimeoutException) return of(Fault.CONNECT_TIMEOUT, t);
            if (t instanceof UnresolvedAddressException) return of(Fault.NAME_NOT_FOUND, t);
            if (t instanceof java.net.UnknownHostException) return of(Fault.NAME_NOT_FOUND, t);
            if (t instanceof SSLException) {
                return new FaultException(
                        Fault.TLS, Optional.empty(), null, "reason", certificate(t));
            }
            if (t instanceof ConnectException && t.getCause() == null) return of(Fault.REFUSED, t);
            if (t instanceof ConnectException
                    && !(t.getCause() instanceof UnresolvedAddressException)) {
                return of(Fault.REFUSED, t);
            }
        }
        return of(Fault.BROKEN, failure);
    }

    private static String certificate(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof CertificateExpiredException) return "expired";
            if (t instanceof CertificateNotYetValidException) return "expired";
            String text = String.valueOf(t.getMessage());
            if (text.contains("No subject alternative") || text.contains("No name matching")) {
                return "host";
            }
        }
        return "untrusted";
    }

    private static FaultException of(Fault fault, Throwable cause) {
        return new FaultException(fault, cause);
    }

    /**
     * The fault of an answer that is not 2xx.
     *
     * @param call learns the name of a parameter that the endpoint does not know
     * @param retryAfter the header, if any
     * @param body its beginning
     */
    static FaultException ofStatus(Try call, int status, Optional<String> retryAfter, String body) {
        JsonNode error = error(body);
        if (status >= 300 && status < 400) return FaultException.of(Fault.REDIRECTED);
        if (quota(error) || status == 402) return FaultException.of(Fault.QUOTA);
        return switch (status) {
            case 400, 422 -> badRequest(call, error);
            case 401, 403 -> FaultException.of(Fault.KEY_REFUSED);
            case 404 ->
                    FaultException.of(
                            error.isMissingNode() ? Fault.NOT_AN_LLM : Fault.MODEL_MISSING);
            case 405 -> FaultException.of(Fault.NOT_AN_LLM);
            case 413 -> FaultException.of(Fault.TOO_MUCH_TEXT);
            case 429 -> limited(call.limits(), retryAfter, Fault.RATE_LIMITED_BLINDLY);
            case 503, 529 -> limited(call.limits(), retryAfter, Fault.FAILING);
            default ->
                    FaultException.of(
                            status >= 500 || status == 408 ? Fault.FAILING : Fault.BAD_REQUEST);
        };
    }

    /** The fault of an error object that came with status 200. */
    static FaultException ofErrorObject(Try call, JsonNode error) {
        if (quota(error)) return FaultException.of(Fault.QUOTA);
        String code = word(error, "code") + " " + word(error, "type");
        if (code.contains("rate_limit")) return FaultException.of(Fault.RATE_LIMITED_BLINDLY);
        if (code.contains("context_length")) return FaultException.of(Fault.TOO_MUCH_TEXT);
        return FaultException.of(Fault.FAILING);
    }

    private static FaultException badRequest(Try call, JsonNode error) {
        String code = word(error, "code");
        String said = (error.isTextual() ? error.asText() : word(error, "message"));
        String lower = said.toLowerCase(Locale.ROOT);
        if (code.equals("context_length_exceeded")
                || lower.contains("context length")
                || lower.contains("context window")) {
            return FaultException.of(Fault.TOO_MUCH_TEXT);
        }
        String parameter = word(error, "param");
        if (lower.contains("does not support tools")) parameter = "tools";
        boolean unknown =
                code.startsWith("unsupported")
                        || code.startsWith("unknown")
                        || lower.contains("unsupported")
                        || lower.contains("not support");
        boolean ours =
                !parameter.isEmpty()
                        && !parameter.equals("model")
                        && !parameter.startsWith("messages")
                        && !call.leftOut().contains(parameter);
        if (unknown && ours) {
            call.unknownParameter(parameter);
            return FaultException.of(Fault.UNKNOWN_PARAMETER);
        }
        return FaultException.of(Fault.BAD_REQUEST);
    }

    private static FaultException limited(
            Limits limits, Optional<String> header, Fault withoutHeader) {
        Optional<Duration> wait = header.flatMap(Refusals::duration);
        if (wait.isEmpty()) return FaultException.of(withoutHeader);
        boolean long_ = wait.get().compareTo(limits.longestWait()) > 0;
        return new FaultException(
                long_ ? Fault.RATE_LIMITED_UNTIL : Fault.RATE_LIMITED, wait, null);
    }

    /** Seconds, with or without a fraction, or an HTTP date; empty if neither or not positive. */
    static Optional<Duration> duration(String header) {
        String text = header.strip();
        try {
            double seconds = Double.parseDouble(text);
            if (!(seconds >= 0) || seconds > 1e9) return Optional.empty();
            return Optional.of(Duration.ofMillis(Math.round(seconds * 1000)));
        } catch (NumberFormatException notSeconds) {
            try {
                var date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
                Duration left = Duration.between(Instant.now(), date.toInstant());
                return Optional.of(left.isNegative() ? Duration.ZERO : left);
            } catch (DateTimeParseException notDate) {
                return Optional.empty();
            }
        }
    }

    private static boolean quota(JsonNode error) {
        return (word(error, "code") + word(error, "type")).contains("insufficient_quota");
    }

    /** The error object of a body, or a missing node. */
    static JsonNode error(String body) {
        try {
            JsonNode tree = JSON.readTree(body);
            return tree == null ? MissingNode.getInstance() : tree.path("error");
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static String word(JsonNode error, String field) {
        return error.path(field).asText("");
    }
}
