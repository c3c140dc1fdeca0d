package dev.coterie.language;

import com.ibm.icu.text.MessagePattern;
import com.ibm.icu.text.MessagePattern.ArgType;
import com.ibm.icu.text.MessagePattern.Part;

/**
 * A message before anything is filled in, for texts about it: arguments stand as {@code ‹name›},
 * and of several wordings the usual one.
 */
public final class MessageTemplate {
    private final MessagePattern pattern;
    private final StringBuilder told = new StringBuilder();

    private MessageTemplate(MessagePattern pattern) {
        this.pattern = pattern;
    }

    /**
     * @throws IllegalStateException if there is no such message
     */
    public static String of(String key, Language language) {
        var template = new MessageTemplate(new MessagePattern(Bundles.pattern(key, language)));
        template.message(0, "");
        return template.told.toString();
    }

    /**
     * @param start index of the part that begins the message
     * @param number what stands for the number that a plural is about
     */
    private void message(int start, String number) {
        int end = pattern.getLimitPartIndex(start);
        int from = pattern.getPart(start).getLimit();
        for (int i = start + 1; i <= end; i++) {
            Part part = pattern.getPart(i);
            told.append(pattern.getPatternString(), from, part.getIndex());
            from = part.getLimit();
            if (part.getType() == Part.Type.REPLACE_NUMBER) told.append(number);
            if (part.getType() != Part.Type.ARG_START) continue;
            argument(i);
            i = pattern.getLimitPartIndex(i);
            from = pattern.getPart(i).getLimit();
        }
    }

    private void argument(int start) {
        String name = "‹" + pattern.getSubstring(pattern.getPart(start + 1)) + "›";
        ArgType type = pattern.getPart(start).getArgType();
        if (!type.hasPluralStyle() && type != ArgType.SELECT) {
            told.append(name);
            return;
        }
        int end = pattern.getLimitPartIndex(start);
        for (int i = start + 2; i < end; i = pattern.getLimitPartIndex(i + 1) + 1) {
            while (pattern.getPart(i).getType() != Part.Type.ARG_SELECTOR) i++;
            boolean usual = pattern.getSubstring(pattern.getPart(i)).equals("other");
            int message = i + 1;
            while (pattern.getPart(message).getType() != Part.Type.MSG_START) message++;
            if (usual) message(message, name);
            i = message - 1;
        }
    }
}
