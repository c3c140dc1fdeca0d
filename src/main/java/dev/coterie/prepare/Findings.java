package dev.coterie.prepare;

import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers what preparation finds and does, for the quality report and the recipe. */
final class Findings {
    private final List<Notice> notices = new ArrayList<>();
    private final List<Recipe.Step> steps = new ArrayList<>();

    void add(Notice notice) {
        notices.add(notice);
    }

    void info(long count, String key, Object... arguments) {
        notices.add(Notice.info(Message.of("prepare." + key, arguments), count));
    }

    void warning(long count, String key, Object... arguments) {
        notices.add(Notice.warning(Message.of("prepare." + key, arguments), count));
    }

    /** A step on one column. */
    void step(String key, String column, long rows, Object... arguments) {
        Object[] named = new Object[arguments.length + 4];
        named[0] = "column";
        named[1] = column;
        named[2] = "rows";
        named[3] = rows;
        System.arraycopy(arguments, 0, named, 4, arguments.length);
        Message message = Message.of("prepare.step_" + key, named);
        steps.add(new Recipe.Step(key, Optional.of(column), message, rows));
    }

    /** A step on whole rows. */
    void step(String key, long rows) {
        Message message = Message.of("prepare.step_" + key, "rows", rows);
        steps.add(new Recipe.Step(key, Optional.empty(), message, rows));
    }

    List<Notice> notices() {
        return notices;
    }

    List<Recipe.Step> steps() {
        return steps;
    }
}
