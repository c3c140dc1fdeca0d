package dev.coterie.language;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A language of the interface, of names, briefs, reports and messages. */
public enum Language {
    ENGLISH("en", Locale.ENGLISH),
    CHINESE("zh-CN", Locale.SIMPLIFIED_CHINESE);

    private final String tag;
    private final Locale locale;

    Language(String tag, Locale locale) {
        this.tag = tag;
        this.locale = locale;
    }

    /** The BCP 47 tag: {@code en} or {@code zh-CN}. */
    @JsonValue
    public String tag() {
        return tag;
    }

    public Locale locale() {
        return locale;
    }

    /**
     * The language of a BCP 47 tag; any tag that starts with {@code zh} is Chinese, all others
     * English.
     */
    @JsonCreator
    public static Language of(String tag) {
        return tag != null && tag.toLowerCase(Locale.ROOT).startsWith("zh") ? CHINESE : ENGLISH;
    }

    /**
     * The first language of an {@code Accept-Language} header that Coterie speaks; English
     * otherwise.
     */
    public static Language ofHeader(String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.isBlank()) return ENGLISH;
        return of(acceptLanguage.split(",", 2)[0].strip());
    }
}
