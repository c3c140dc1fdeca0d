package dev.coterie.run;

import dev.coterie.error.ConflictException;
import dev.coterie.language.Message;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/** The entity tag of something whose name is all that people change of it. */
final class NameTag {
    private NameTag() {}

    static String of(String name) {
        return '"' + DigestUtils.sha256Hex(name).substring(0, 16) + '"';
    }

    /**
     * @param ifMatch the etag the caller has seen, if it says so
     * @throws ConflictException {@code lost_update_name} if the name changed since
     */
    static void check(String etag, Optional<String> ifMatch) {
        if (ifMatch.isPresent() && !ifMatch.get().equals(etag)) {
            throw new ConflictException(Message.of("run.lost_update_name"));
        }
    }
}
