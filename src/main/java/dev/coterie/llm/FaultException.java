package dev.coterie.llm;

import dev.coterie.error.LlmException;
import dev.coterie.language.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A fault on its way from the socket to the retry layer. Its text is the fault's name only: bodies
 * of answers may hold the key, so they never reach a message or a log.
 */
final class FaultException extends RuntimeException {
    private final transient Fault fault;
    private final transient Optional<Duration> retryAfter;
    private final transient List<Object> arguments;

    FaultException(Fault fault, Throwable cause) {
        this(fault, Optional.empty(), cause);
    }

    FaultException(Fault fault, Optional<Duration> retryAfter, Throwable cause, Object... named) {
        super(fault.name(), cause);
        this.fault = fault;
        this.retryAfter = retryAfter;
        this.arguments = List.of(named);
    }

    static FaultException of(Fault fault) {
        return new FaultException(fault, null);
    }

    Fault fault() {
        return fault;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** The sentence for people. */
    Message sentence() {
        var pairs = new ArrayList<>(arguments);
        if (pairs.isEmpty()) {
            pairs.add("seconds");
            pairs.add(retryAfter.map(d -> Math.max(1, (d.toMillis() + 999) / 1000)).orElse(0L));
        }
        return Message.of(fault.key(), pairs.toArray());
    }

    LlmException forPeople() {
        // No cause: the library's exceptions may carry the provider's words into a log.
        return new LlmException(sentence());
    }
}
