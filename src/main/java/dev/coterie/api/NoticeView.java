package dev.coterie.api;

import dev.coterie.collect.Reject;
import dev.coterie.language.Language;
import dev.coterie.language.Notice;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Notices and refused rows as JSON. */
final class NoticeView {
    private NoticeView() {}

    static Map<String, Object> of(Notice notice, Language language) {
        String key = notice.message().key();
        return Body.of(
                "severity",
                notice.severity().name().toLowerCase(Locale.ROOT),
                "code",
                key.substring(key.indexOf('.') + 1),
                "text",
                notice.message().in(language),
                "count",
                notice.count());
    }

    static List<Map<String, Object>> of(List<Notice> notices, Language language) {
        return notices.stream().map(notice -> of(notice, language)).toList();
    }

    static Map<String, Object> of(Reject reject, Language language) {
        String key = reject.reason().key();
        return Body.of(
                "file",
                reject.file(),
                "record",
                reject.record(),
                "line",
                reject.line(),
                "column",
                reject.column(),
                "code",
                key.substring(key.indexOf('.') + 1),
                "reason",
                reject.reason().in(language),
                "excerpt",
                reject.excerpt());
    }
}
