package dev.coterie.config;

import dev.coterie.language.Message;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The merged settings as text, read as types; a wrong one is noted and replaced by a stand-in. */
record Settings(Map<String, String> values, Problems problems) {
    private static final Pattern PRICE = Pattern.compile("\\d{1,6}(\\.\\d{1,9})?");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");

    String text(String key) {
        String value = values.get(key);
        if (value == null) throw new IllegalStateException("application.yaml lacks " + key);
        return value.strip();
    }

    String required(String key) {
        if (text(key).isEmpty()) problems.add(Message.of("config.missing", "key", key));
        return text(key);
    }

    String oneOf(String key, List<String> allowed) {
        if (allowed.contains(text(key))) return text(key);
        wrong(key, String.join(", ", allowed));
        return allowed.get(0);
    }

    int integer(String key, int low, int high) {
        return (int) whole(key, low, high);
    }

    long whole(String key, long low, long high) {
        try {
            long value = Long.parseLong(text(key));
            if (value >= low && value <= high) return value;
        } catch (NumberFormatException e) {
            // Said below, as a value out of range is.
        }
        problems.add(
                Message.of(
                        "config.not_in_range",
                        "key",
                        key,
                        "value",
                        text(key),
                        "low",
                        Long.toString(low),
                        "high",
                        Long.toString(high)));
        return low;
    }

    boolean flag(String key) {
        return oneOf(key, List.of("false", "true")).equals("true");
    }

    List<String> list(String key) {
        return Arrays.stream(text(key).split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    Optional<Secret> secret(String key) {
        return text(key).isEmpty() ? Optional.empty() : Optional.of(new Secret(text(key)));
    }

    /** A folder that must be named. */
    Path folder(String key) {
        required(key);
        return path(key).orElse(Path.of("."));
    }

    Optional<Path> path(String key) {
        if (text(key).isEmpty()) return Optional.empty();
        try {
            return Optional.of(expand(text(key)));
        } catch (InvalidPathException e) {
            wrong(key, "/path/to/folder");
            return Optional.empty();
        }
    }

    /** An amount of money from 0 to a million. */
    BigDecimal price(String key) {
        if (PRICE.matcher(required(key)).matches()) return new BigDecimal(text(key));
        if (!text(key).isEmpty()) wrong(key, "0.15, 2.5, 10");
        return BigDecimal.ZERO;
    }

    /** A code of ISO 4217. */
    String currency(String key) {
        try {
            return Currency.getInstance(text(key)).getCurrencyCode();
        } catch (IllegalArgumentException e) {
            wrong(key, "USD, EUR, CNY");
            return "USD";
        }
    }

    Duration duration(String key) {
        var matcher = DURATION.matcher(text(key));
        if (!matcher.matches()) {
            wrong(key, "500ms, 5s, 2m");
            return Duration.ofSeconds(1);
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    void url(String key) {
        url(key, text(key));
    }

    /** Addresses, each of which must have a scheme and a host. */
    List<String> urls(String key) {
        List<String> urls = list(key);
        urls.forEach(url -> url(key, url));
        return urls;
    }

    private void url(String key, String value) {
        try {
            var uri = URI.create(value);
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) return;
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        wrong(key, value, "http://127.0.0.1:11434");
    }

    /** {@code ~} at the start is the user's home. */
    static Path expand(String text) {
        String home = System.getProperty("user.home");
        if (text.equals("~")) return Path.of(home);
        return text.startsWith("~/") ? Path.of(home, text.substring(2)) : Path.of(text);
    }

    private void wrong(String key, String allowed) {
        wrong(key, text(key), allowed);
    }

    private void wrong(String key, String value, String allowed) {
        problems.add(Message.of("config.wrong", "key", key, "value", value, "allowed", allowed));
    }
}
