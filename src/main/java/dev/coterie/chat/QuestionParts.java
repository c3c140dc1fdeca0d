package dev.coterie.chat;

import dev.coterie.words.Words;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the two questions in one: "How many are there and what do they spend on average?" */
final class QuestionParts {
    private static final String ASKING =
            "(?:how|what|which|who|where|when|is|are|do|does|did|have|has)\\b";

    /** Between two sentences, or before an "and" that begins a question. */
    private static final Pattern BETWEEN =
            Pattern.compile("[?？]\\s*(?=[\\p{L}\\p{Nd}])|(?i),?\\s+and\\s+(?=" + ASKING + ")");

    private static final Pattern QUESTION =
            Pattern.compile("(?i)^\\W*(?:and\\s+)?" + ASKING + "|多少|几|什么|哪|谁|怎|吗|如何");

    private QuestionParts() {}

    /**
     * @return two questions, or the one
     */
    static List<Question> of(Question question) {
        String text = question.text();
        Matcher between = BETWEEN.matcher(text);
        if (!between.find()) return List.of(question);
        String first = text.substring(0, between.start()).strip();
        String second = text.substring(between.end()).strip();
        boolean both = QUESTION.matcher(first).find() && QUESTION.matcher(second).find();
        // Of three or more it would be guesswork which belongs to which.
        if (!both || BETWEEN.matcher(second).find()) return List.of(question);
        String end = Words.han(first) ? "？" : "?";
        return List.of(part(question, first + end), part(question, second));
    }

    private static Question part(Question whole, String text) {
        return new Question(text, whole.language(), whole.segments(), whole.writer());
    }
}
