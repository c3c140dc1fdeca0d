package dev.coterie.collect;

import dev.coterie.language.Message;

/**
 * The physical lines on which something was seen: all are counted, the first few are named.
 *
 * <p>Lines may come in any order; the lowest are kept. Not thread-safe.
 */
public final class LineNumbers {
    private static final int NAMED = 8;

    private final int[] lowest = new int[NAMED];
    private int held;
    private long count;

    public void add(int line) {
        count++;
        int at = held;
        while (at > 0 && lowest[at - 1] > line) at--;
        if (at >= NAMED) return;
        if (held < NAMED) held++;
        System.arraycopy(lowest, at, lowest, at + 1, held - at - 1);
        lowest[at] = line;
    }

    public long count() {
        return count;
    }

    public boolean any() {
        return count > 0;
    }

    /**
     * The words "line 3, line 9 and 4 more", each line named once. At least one line must have been
     * added.
     */
    public Message message() {
        Message words = Message.of("collect.line", "line", Integer.toString(lowest[0]));
        for (int i = 1; i < held; i++) {
            if (lowest[i] == lowest[i - 1]) continue;
            words =
                    Message.of(
                            "collect.line_next",
                            "before",
                            words,
                            "line",
                            Integer.toString(lowest[i]));
        }
        if (count <= held) return words;
        return Message.of("collect.line_more", "before", words, "count", count - held);
    }
}
