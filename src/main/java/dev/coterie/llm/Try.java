package dev.coterie.llm;

import dev.coterie.error.CancelledException;
import dev.coterie.language.Message;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * One request to the endpoint and what became of it. Used by one thread at a time.
 *
 * <p>The library reports faults of its HTTP client in wrappers of its own; this object carries the
 * fault past them.
 */
final class Try {
    private final Limits limits;
    private final long deadline;
    private final BooleanSupplier cancelled;
    private final Set<String> leftOut;
    private Optional<RuntimeException> failure = Optional.empty();
    private Optional<String> unknownParameter = Optional.empty();
    private volatile boolean begun;
    private int inputTokens;
    private int outputTokens;

    /**
     * @param deadline {@link System#nanoTime} at which all tries end
     * @param leftOut names of request parameters that the endpoint does not know
     */
    Try(Limits limits, long deadline, BooleanSupplier cancelled, Set<String> leftOut) {
        this.limits = limits;
        this.deadline = deadline;
        this.cancelled = cancelled;
        this.leftOut = leftOut;
    }

    Limits limits() {
        return limits;
    }

    Set<String> leftOut() {
        return leftOut;
    }

    /** Time to the deadline; negative after it. */
    long nanosLeft() {
        return deadline - System.nanoTime();
    }

    Duration left() {
        return Duration.ofNanos(nanosLeft());
    }

    /**
     * @throws CancelledException if the reader stopped
     * @throws FaultException after the deadline
     */
    void check() {
        // A reader that failed or stopped in mid-answer is noted here, since the library swallows
        // it.
        if (failure.isPresent()) throw failure.get();
        checkDeadline();
    }

    /** As {@link #check}, after this try has failed and while the next is waited for. */
    void checkDeadline() {
        if (cancelled.getAsBoolean() || Thread.currentThread().isInterrupted()) throw stopped();
        if (nanosLeft() <= 0) throw FaultException.of(begun ? Fault.TIMEOUT : Fault.NO_ANSWER);
    }

    static CancelledException stopped() {
        return new CancelledException(Message.of("llm.cancelled"));
    }

    /** The first byte of the body has come. */
    void begun() {
        begun = true;
    }

    void failed(RuntimeException e) {
        if (failure.isEmpty()) failure = Optional.of(e);
    }

    Optional<RuntimeException> failure() {
        return failure;
    }

    void unknownParameter(String name) {
        unknownParameter = Optional.of(name);
    }

    Optional<String> unknownParameter() {
        return unknownParameter;
    }

    void usage(int input, int output) {
        if (input > 0) inputTokens = input;
        if (output > 0) outputTokens = output;
    }

    int inputTokens() {
        return inputTokens;
    }

    int outputTokens() {
        return outputTokens;
    }
}
