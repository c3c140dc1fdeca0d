package dev.coterie.tools;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A change that a tool has prepared and that only a person can confirm.
 *
 * @param token names it in the confirmation; no language model gets to see it
 * @param action {@code make_brief}
 * @param label what will be done, in the answer's language
 * @param args of the action
 */
public record Proposal(String token, String action, String label, Map<String, Object> args) {
    public Proposal {
        args = Collections.unmodifiableMap(new LinkedHashMap<>(args));
    }
}
