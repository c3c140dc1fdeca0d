package dev.coterie.run;

import dev.coterie.chat.Answer;
import dev.coterie.chat.Question;
import dev.coterie.language.Language;
import dev.coterie.store.Row;
import java.util.Optional;

/**
 * A conversation about one run.
 *
 * @param title the first question, or what a person called it
 */
public record Chat(
        String id, String project, String run, String title, Language language, String createdAt) {
    /** Changes with what people change: the title. */
    public String etag() {
        return NameTag.of(title);
    }

    static Chat of(Row row) {
        return new Chat(
                row.text("id"),
                row.text("project"),
                row.text("run"),
                row.text("title"),
                Language.of(row.text("language")),
                row.text("created_at"));
    }

    /**
     * One message.
     *
     * @param role {@code user} or {@code assistant}
     * @param state {@code done}, {@code answering}, {@code stopped}, {@code failed}, or {@code
     *     interrupted} by the end of the server
     * @param parent the message that it follows
     * @param text the question, or the answer with references
     * @param question what was asked, for a user's message
     * @param answer once it is finished
     */
    public record Entry(
            String id,
            String chat,
            String role,
            String state,
            Optional<String> parent,
            String text,
            Optional<Question> question,
            Optional<Answer> answer,
            String createdAt) {
        static Entry of(Row row) {
            boolean asked = row.text("role").equals("user");
            String content = row.text("content");
            boolean known = !content.isEmpty();
            return new Entry(
                    row.text("id"),
                    row.text("chat"),
                    row.text("role"),
                    row.text("state"),
                    row.optionalText("parent"),
                    row.text("text"),
                    known && asked
                            ? Optional.of(LedgerJson.read(content, Question.class))
                            : Optional.empty(),
                    known && !asked
                            ? Optional.of(LedgerJson.read(content, Answer.class))
                            : Optional.empty(),
                    row.text("created_at"));
        }
    }
}
