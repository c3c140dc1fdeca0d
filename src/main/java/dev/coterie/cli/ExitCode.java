package dev.coterie.cli;

import dev.coterie.error.CancelledException;
import dev.coterie.error.ConflictException;
import dev.coterie.error.CoterieException;
import dev.coterie.error.InvalidConfigException;
import dev.coterie.error.InvalidInputException;
import dev.coterie.error.LimitException;
import dev.coterie.error.NotFoundException;
import dev.coterie.error.RefusedException;
import dev.coterie.error.StorageException;

/** What the program tells its caller when it ends. */
final class ExitCode {
    static final int DONE = 0;
    static final int USAGE = 2;
    static final int NOT_FOUND = 3;
    static final int REFUSED = 4;
    static final int FAILED = 5;
    static final int DONE_WITH_REJECTS = 6;
    static final int INPUT_REFUSED = 7;
    static final int DATA_FOLDER_IN_USE = 8;

    private ExitCode() {}

    static int of(CoterieException e) {
        if (e instanceof InvalidConfigException) return USAGE;
        if (e instanceof NotFoundException) return NOT_FOUND;
        if (e instanceof RefusedException || e instanceof ConflictException) return REFUSED;
        if (e instanceof InvalidInputException || e instanceof LimitException) return INPUT_REFUSED;
        if (e instanceof StorageException && e.code().equals("folder_in_use")) {
            return DATA_FOLDER_IN_USE;
        }
        if (e instanceof CancelledException) return FAILED;
        return FAILED;
    }
}
