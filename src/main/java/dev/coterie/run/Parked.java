package dev.coterie.run;

import dev.coterie.language.Message;

/** Work that cannot go on now and will later: the job waits. */
final class Parked extends RuntimeException {
    private final transient Message reason;

    /**
     * @param reason whose number of {@code seconds}, if it has one, is waited at least
     */
    Parked(Message reason) {
        super(reason.key());
        this.reason = reason;
    }

    Message reason() {
        return reason;
    }
}
