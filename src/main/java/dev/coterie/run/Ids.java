package dev.coterie.run;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.apache.commons.codec.digest.DigestUtils;

/** Opaque ids: a prefix that tells the kind and 60 bits. */
final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 12;

    private Ids() {}

    static String random(String prefix) {
        byte[] bytes = new byte[LENGTH];
        RANDOM.nextBytes(bytes);
        return prefix + letters(bytes);
    }

    /** The same id for the same words, such as a customer's for a project and the file's id. */
    static String derived(String prefix, String... words) {
        var digest = DigestUtils.getSha256Digest();
        for (String word : words) {
            digest.update(word.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return prefix + letters(digest.digest());
    }

    private static String letters(byte[] bytes) {
        var text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) text.append(LETTERS.charAt(bytes[i] & 31));
        return text.toString();
    }
}
