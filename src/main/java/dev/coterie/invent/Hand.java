package dev.coterie.invent;

import java.util.List;
import java.util.Locale;

/** How people of a language type: capitals, sloppiness, the odd slip of the finger. */
public interface Hand {
    /** A sentence as it is spelled with care. */
    String sentence(String filled);

    /** The whole text as this customer happened to type it. */
    String register(String text, Draw draw);

    /** English on a keyboard. */
    Hand ENGLISH =
            new Hand() {
                @Override
                public String sentence(String filled) {
                    return Character.toUpperCase(filled.charAt(0)) + filled.substring(1);
                }

                @Override
                public String register(String text, Draw draw) {
                    String typed = draw.chance(0.08) ? slip(text, draw) : text;
                    if (draw.chance(0.07)) typed = casual(typed);
                    else if (draw.chance(0.02)) typed = typed.replaceFirst("\\.$", "!");
                    return typed;
                }

                private String casual(String text) {
                    return text.toLowerCase(Locale.ROOT).replace("'", "").replaceFirst("\\.$", "");
                }

                /** Swaps or drops a letter inside a longer word. */
                private String slip(String text, Draw draw) {
                    int at = draw.between(1, text.length() - 3);
                    for (int i = at; i < text.length() - 2; i++) {
                        boolean inside =
                                Character.isLetter(text.charAt(i - 1))
                                        && Character.isLowerCase(text.charAt(i))
                                        && Character.isLowerCase(text.charAt(i + 1))
                                        && Character.isLetter(text.charAt(i + 2));
                        if (!inside) continue;
                        String swapped =
                                draw.chance(0.5)
                                        ? "" + text.charAt(i + 1) + text.charAt(i)
                                        : "" + text.charAt(i + 1);
                        return text.substring(0, i) + swapped + text.substring(i + 2);
                    }
                    return text;
                }
            };

    /** Chinese by pinyin input. */
    Hand CHINESE =
            new Hand() {
                private static final String[][] MIXED_UP = {
                    {"得", "的"}, {"在", "再"}, {"做", "作"}, {"账", "帐"}, {"那", "哪"}, {"已经", "己经"}
                };

                @Override
                public String sentence(String filled) {
                    return filled;
                }

                @Override
                public String register(String text, Draw draw) {
                    String typed = text;
                    if (draw.chance(0.06)) {
                        String[] pair = draw.one(List.of(MIXED_UP));
                        typed = typed.replaceFirst(pair[0], pair[1]);
                    }
                    if (draw.chance(0.06))
                        typed = typed.replace("，", " ").replace("。", " ").strip();
                    else if (draw.chance(0.1)) typed = typed.replaceFirst("。$", "");
                    else if (draw.chance(0.03)) typed = typed.replaceFirst("。$", "！");
                    else if (draw.chance(0.05)) typed = typed.replaceFirst("。$", "～");
                    return typed;
                }
            };
}
