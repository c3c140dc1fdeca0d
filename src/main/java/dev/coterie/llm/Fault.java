package dev.coterie.llm;

import java.util.Locale;

/**
 * What can go wrong with a language model, and what follows: how often to try again, whether the
 * endpoint counts as failing, and whether calls pause until someone changes a setting.
 */
enum Fault {
    NAME_NOT_FOUND(1, After.COUNTS),
    REFUSED(0, After.OPENS),
    CONNECT_TIMEOUT(2, After.COUNTS),
    TLS(0, After.PAUSES),
    /** The connection broke before the answer began. */
    BROKEN(2, After.COUNTS),
    /** No first byte in time. */
    NO_ANSWER(2, After.COUNTS),
    /** Below the byte rate. */
    TOO_SLOW(1, After.COUNTS),
    /** The deadline around all tries is over. */
    TIMEOUT(0, After.COUNTS),
    NOT_AN_LLM(0, After.PAUSES),
    REDIRECTED(0, After.PAUSES),
    ADDRESS_NOT_ALLOWED(0, After.PAUSES),
    /** The body is over its cap. */
    ANSWER_TOO_LARGE(0, After.COUNTS),
    /** The text is over its cap. */
    ENDLESS_TEXT(1, After.NOTHING),
    /** The request does not fit the model's window: the caller may ask with less. */
    TOO_MUCH_TEXT(0, After.NOTHING),
    /** A parameter that the endpoint does not know; it is left out from now on. */
    UNKNOWN_PARAMETER(1, After.NOTHING),
    BAD_REQUEST(0, After.NOTHING),
    KEY_REFUSED(0, After.PAUSES),
    QUOTA(0, After.PAUSES),
    MODEL_MISSING(0, After.PAUSES),
    FAILING(2, After.COUNTS),
    /** With a Retry-After that can be waited for. */
    RATE_LIMITED(2, After.NOTHING),
    /** Without a word on how long. */
    RATE_LIMITED_BLINDLY(2, After.COUNTS),
    /** With a Retry-After beyond the longest wait. */
    RATE_LIMITED_UNTIL(0, After.NOTHING),
    /** The answer ended before it was finished. */
    CUT(2, After.COUNTS),
    /** Silence in the middle of the answer. */
    STALLED(2, After.COUNTS),
    INVALID_ANSWER(2, After.COUNTS),
    EMPTY(2, After.NOTHING),
    FILTERED(0, After.NOTHING),
    /** The model ran out of room: the caller may ask for less. */
    SHORTENED(0, After.NOTHING),
    /** The breaker is open. */
    RESTING(0, After.NOTHING),
    /** All places for calls at once are taken. */
    BUSY(0, After.NOTHING);

    /** What a fault does to later calls. */
    enum After {
        NOTHING,
        COUNTS,
        OPENS,
        PAUSES
    }

    private final int retries;
    private final After after;

    Fault(int retries, After after) {
        this.retries = retries;
        this.after = after;
    }

    /** Most further tries; a chat does not wait a second time for a silent model. */
    int retries(LanguageModel.Purpose purpose) {
        if (this == NO_ANSWER && purpose == LanguageModel.Purpose.CHAT) return 0;
        return purpose == LanguageModel.Purpose.TEST ? 0 : retries;
    }

    /** True if the endpoint is busy, away or resting, which time alone may mend. */
    boolean passes() {
        return switch (this) {
            case REFUSED,
                    CONNECT_TIMEOUT,
                    NO_ANSWER,
                    FAILING,
                    RATE_LIMITED,
                    RATE_LIMITED_BLINDLY,
                    RATE_LIMITED_UNTIL,
                    RESTING,
                    BUSY ->
                    true;
            default -> false;
        };
    }

    After after() {
        return after;
    }

    /** The message's key. */
    String key() {
        return switch (this) {
            case ENDLESS_TEXT -> "llm.answer_too_large";
            case UNKNOWN_PARAMETER -> "llm.bad_request";
            case RATE_LIMITED_BLINDLY -> "llm.rate_limited";
            default -> "llm." + name().toLowerCase(Locale.ROOT);
        };
    }
}
