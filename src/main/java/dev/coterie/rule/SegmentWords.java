package dev.coterie.rule;

import dev.coterie.segment.Segmentation;
import dev.coterie.words.WrittenWords;
import java.util.List;
import java.util.function.IntPredicate;

/** Finds the words that tell segments apart. */
@FunctionalInterface
public interface SegmentWords {
    /**
     * For each segment, by its number 0..k-1, the words that its members use more than others do,
     * most distinctive first.
     *
     * @param words of the customers' texts
     * @param heard customers whose texts are read; nobody else's may have a say
     */
    List<List<String>> of(WrittenWords words, Segmentation segmentation, IntPredicate heard);
}
