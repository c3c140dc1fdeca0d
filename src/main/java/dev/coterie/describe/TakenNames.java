package dev.coterie.describe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The names that the segments of a run have by now, so that no two get one. Not thread-safe. */
final class TakenNames {
    private final Map<Integer, String> names;
    private final Set<String> reserved = new HashSet<>();

    /**
     * @param names by cluster
     * @param reserved names that people gave and no other segment may have
     */
    TakenNames(Map<Integer, String> names, Collection<String> reserved) {
        this.names = new LinkedHashMap<>(names);
        reserved.forEach(name -> this.reserved.add(Names.identity(name)));
    }

    void put(int cluster, String name) {
        names.put(cluster, name);
    }

    /** Identities of the names that a segment may not have. */
    Set<String> besides(int cluster) {
        var taken = new HashSet<>(reserved);
        names.forEach(
                (other, name) -> {
                    if (other != cluster) taken.add(Names.identity(name));
                });
        return taken;
    }

    /** The names of all segments but those that still wait for theirs. */
    List<String> siblings(List<NamingTask> tasks) {
        var others = new LinkedHashMap<>(names);
        for (NamingTask t : tasks) if (t.chosen.isEmpty()) others.remove(t.cluster());
        return new ArrayList<>(others.values());
    }
}
