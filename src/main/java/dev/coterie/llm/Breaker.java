package dev.coterie.llm;

import dev.coterie.language.Message;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides whether the endpoint may be called now. Failures in a row or one refused connection open
 * it; then one probe per interval goes through until one succeeds. A wrong setting pauses it until
 * it is released. A rate limit lets nobody through before its end. Thread-safe.
 */
final class Breaker {
    private final Clock clock;
    private final int failuresToOpen;
    private final Duration probeEvery;
    private int failures;
    private boolean open;
    private Instant nextProbe = Instant.MIN;
    private Instant quietUntil = Instant.MIN;
    private Optional<FaultException> pause = Optional.empty();

    Breaker(Clock clock, int failuresToOpen, Duration probeEvery) {
        this.clock = clock;
        this.failuresToOpen = failuresToOpen;
        this.probeEvery = probeEvery;
    }

    /**
     * Asks for leave to start a call.
     *
     * @throws FaultException if the call must not be made
     */
    synchronized void enter() {
        if (pause.isPresent()) throw pause.get();
        if (!open) return;
        Instant now = clock.instant();
        if (now.isBefore(nextProbe)) {
            Duration left = Duration.between(now, nextProbe);
            throw new FaultException(Fault.RESTING, Optional.of(left), null);
        }
        nextProbe = now.plus(probeEvery);
    }

    /** How long all workers keep quiet because the endpoint asked for it. */
    synchronized Duration quiet() {
        Instant now = clock.instant();
        return now.isBefore(quietUntil) ? Duration.between(now, quietUntil) : Duration.ZERO;
    }

    synchronized void keepQuiet(Duration time) {
        Instant until = clock.instant().plus(time);
        if (until.isAfter(quietUntil)) quietUntil = until;
    }

    synchronized void succeeded() {
        failures = 0;
        open = false;
    }

    synchronized void failed(FaultException e) {
        switch (e.fault().after()) {
            case PAUSES -> pause = Optional.of(e);
            case OPENS -> open();
            case COUNTS -> {
                failures++;
                if (open || failures >= failuresToOpen) open();
            }
            case NOTHING -> {}
        }
    }

    /** A person changed something or asked for a test: the next call goes through. */
    synchronized void release() {
        pause = Optional.empty();
        open = false;
        failures = 0;
        quietUntil = Instant.MIN;
    }

    /** Why no call is made now, if so. */
    synchronized Optional<Message> closedBecause() {
        if (pause.isPresent()) return pause.map(FaultException::sentence);
        if (!open || !clock.instant().isBefore(nextProbe)) return Optional.empty();
        return Optional.of(FaultException.of(Fault.RESTING).sentence());
    }

    private void open() {
        open = true;
        nextProbe = clock.instant().plus(probeEvery);
    }
}
