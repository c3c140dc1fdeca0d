package dev.coterie.api;

/** The colours of segments, ordered so that the first ones differ most. */
final class Colors {
    private static final String[] COLORS = {
        "#3970B4", "#CF201F", "#AA54FE", "#679E6C", "#D26ED8", "#A06882", "#D322B0", "#AC9226",
        "#F95F7B", "#379AEC", "#635F81", "#B33665", "#958BAE", "#7E5F0F", "#817E54", "#7234F7",
        "#BC6B0B", "#A310CF", "#137144", "#776ED8"
    };

    private static final String OTHERS = "#7A828C";

    private Colors() {}

    /**
     * @param number 1..k; those above 20 share one neutral colour and are told apart by number
     */
    static String of(int number) {
        return number <= COLORS.length ? COLORS[number - 1] : OTHERS;
    }
}
