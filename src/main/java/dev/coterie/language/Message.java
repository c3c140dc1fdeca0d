package dev.coterie.language;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A sentence that can be said in every language: the key of an ICU message and its named arguments.
 *
 * <p>The part of the key before its first dot names the bundle: {@code collect.empty_file} is in
 * {@code messages/collect.en.properties} and {@code messages/collect.zh-CN.properties}. An argument
 * is a text, a number, or another message.
 */
public record Message(String key, Map<String, Object> arguments) {
    /** Latin words stand between blanks in Chinese, but not beside its punctuation. */
    private static final Pattern BESIDE_PUNCTUATION = Pattern.compile("\\s*([，：；。（）“”])\\s*");

    public Message {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    /**
     * @param pairs argument names and values in turn: {@code of("collect.empty_file", "file",
     *     name)}
     */
    public static Message of(String key, Object... pairs) {
        if (pairs.length % 2 != 0) throw new IllegalArgumentException("names and values in turn");
        var arguments = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            arguments.put((String) pairs[i], pairs[i + 1]);
        }
        return new Message(key, arguments);
    }

    public String in(Language language) {
        return chineseOfParts(language) ? say(language).strip() : say(language);
    }

    /** The same as a part of another message, which sees where its blanks stand. */
    private String say(Language language) {
        var spoken = new LinkedHashMap<String, Object>();
        for (var argument : arguments.entrySet()) {
            Object value = argument.getValue();
            spoken.put(argument.getKey(), value instanceof Message m ? m.say(language) : value);
        }
        String said = Bundles.format(key, language, spoken);
        boolean apart =
                chineseOfParts(language)
                        && spoken.values().stream().anyMatch(Message::blankOutside);
        return apart ? BESIDE_PUNCTUATION.matcher(said).replaceAll("$1") : said;
    }

    private boolean chineseOfParts(Language language) {
        return language == Language.CHINESE
                && arguments.values().stream().anyMatch(Message.class::isInstance);
    }

    private static boolean blankOutside(Object value) {
        return value instanceof String s && !s.equals(s.strip());
    }

    @Override
    public String toString() {
        return in(Language.ENGLISH);
    }
}
