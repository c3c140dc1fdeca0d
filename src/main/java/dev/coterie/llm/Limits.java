package dev.coterie.llm;

import dev.coterie.config.Config;
import java.time.Duration;

/**
 * Every bound of a call to the language model. Tests shrink them together with {@link #scaled}.
 *
 * @param connect to accept a connection
 * @param firstByte from the request to the first byte of the body
 * @param idle between two pieces of the body
 * @param total around all tries of one call
 * @param chatTotal the same for chat
 * @param minBytesPerSecond a body slower than this over the window is cut
 * @param rateWindow length of that window
 * @param textBytes most UTF-8 bytes of answer text
 * @param bodyBytes most bytes of a decoded body
 * @param retries most further tries after the first
 * @param backoff first wait between tries; doubles each time, with full jitter
 * @param longestWait longest Retry-After that is waited for
 * @param roomForRetry what the deadline must leave for another try after a silent one
 * @param failuresToOpen failures in a row that open the breaker
 * @param probeEvery pause between probes while the breaker is open
 */
record Limits(
        Duration connect,
        Duration firstByte,
        Duration idle,
        Duration total,
        Duration chatTotal,
        int minBytesPerSecond,
        Duration rateWindow,
        int textBytes,
        int bodyBytes,
        int retries,
        Duration backoff,
        Duration longestWait,
        Duration roomForRetry,
        int failuresToOpen,
        Duration probeEvery) {
    static Limits of(Config.Llm config) {
        return new Limits(
                config.connectTimeout(),
                config.firstByteTimeout(),
                config.idleTimeout(),
                config.totalTimeout(),
                config.chatTimeout(),
                50,
                Duration.ofSeconds(15),
                65_536,
                2_097_152,
                2,
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                5,
                Duration.ofSeconds(30));
    }

    /** All times multiplied by a factor; the byte rate divided by it, so that windows still fit. */
    Limits scaled(double factor) {
        return new Limits(
                times(connect, factor),
                times(firstByte, factor),
                times(idle, factor),
                times(total, factor),
                times(chatTotal, factor),
                (int) Math.round(minBytesPerSecond / factor),
                times(rateWindow, factor),
                textBytes,
                bodyBytes,
                retries,
                times(backoff, factor),
                times(longestWait, factor),
                times(roomForRetry, factor),
                failuresToOpen,
                times(probeEvery, factor));
    }

    Duration total(LanguageModel.Purpose purpose) {
        return purpose == LanguageModel.Purpose.CHAT ? chatTotal : total;
    }

    private static Duration times(Duration duration, double factor) {
        return Duration.ofNanos(Math.round(duration.toNanos() * factor));
    }
}
