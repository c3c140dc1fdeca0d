package dev.coterie.collect;

import dev.coterie.language.Message;

/** The guess for one column: the first rule that fits, most certain first. */
final class ColumnGuess {
    private static final int FEW_LEVELS = 50;
    private static final int SMALL_TABLE = 20;

    /** At most this share of customers may have several values in a profile column. */
    private static final double MOSTLY_CONSTANT = 0.1;

    private final ColumnFacts column;
    private final TableView view;
    private final NameHints hints;

    ColumnGuess(ColumnFacts column, TableView view) {
        this.column = column;
        this.view = view;
        this.hints = NameHints.of(column.name());
    }

    RoleGuesser.Guess guess() {
        if (column.filled() == 0) return guess(Role.IGNORE, "empty");
        if (view.id().filter(column::equals).isPresent()) {
            return guess(Role.ID, column.unique() ? "id_unique" : "id_repeated");
        }
        if (isCounter()) return guess(Role.IGNORE, "counter");
        if (view.transactional() && TableView.isNumeric(column)) {
            if (hints.quantity()) return guess(Role.QUANTITY, "quantity");
            if (hints.price() && hasQuantity()) return guess(Role.PRICE, "price");
            if (hints.value() || hints.price()) return guess(Role.VALUE, "value");
        }
        boolean yesNo = column.yesNo() == column.filled() && column.bothYesNo();
        if (hints.consent() && column.yesNo() == column.filled()) {
            return guess(Role.CONSENT, "consent");
        }
        if (hints.target() && column.distinct() == 2) return guess(Role.TARGET, "target");
        if (yesNo) return profile(Role.YESNO, "yesno");
        if (TableView.isDate(column)) {
            return guess(Role.DATE, column.undecidedDates() ? "date_undecided" : "date");
        }
        if (column.personal() * 2 > column.filled()) return guess(Role.PERSONAL, "personal_values");
        if (TableView.isNumeric(column)) return number();
        if (isPersonalByName()) return guess(Role.PERSONAL, "personal_name");
        return words();
    }

    private RoleGuesser.Guess number() {
        boolean small = column.low() >= 0 && column.high() <= 10 && column.distinct() <= 21;
        if (small && (hints.rating() || hints.score() && hasText())) {
            return guess(Role.RATING, "rating");
        }
        if (hints.personal() && column.distinct() * 2 > column.filled()) {
            return guess(Role.PERSONAL, "personal_name");
        }
        if (hints.otherCode() && column.whole() == column.filled()) {
            return column.distinct() <= FEW_LEVELS
                    ? profile(Role.CATEGORY, "code_category")
                    : guess(Role.IGNORE, "code");
        }
        return profile(Role.NUMBER, "number");
    }

    private RoleGuesser.Guess words() {
        if (view.transactional()) {
            if (hints.event() && column.distinct() <= 1000) return guess(Role.EVENT, "event");
            if (hints.item()) return guess(Role.ITEM, "item");
        }
        boolean levels =
                column.distinct() <= FEW_LEVELS && column.distinct() * 20 <= column.filled();
        boolean repeatedLabel = levels && column.words() < 8;
        if (hints.text() && !hints.otherCode() && !repeatedLabel || isNamedSmallText()) {
            return guess(Role.TEXT, "text_name");
        }
        boolean varied = column.distinct() > SMALL_TABLE || column.rows() <= SMALL_TABLE;
        if (TableView.isLongText(column) && varied) return guess(Role.TEXT, "text");
        if (hints.otherCode() && column.distinct() > FEW_LEVELS) return guess(Role.IGNORE, "code");
        boolean ownValues = column.distinct() * 2 > column.filled();
        if (ownValues && column.rows() > SMALL_TABLE) return guess(Role.IGNORE, "nearly_unique");
        return profile(Role.CATEGORY, "category");
    }

    /** A column named like a text in a table so small that figures say nothing. */
    private boolean isNamedSmallText() {
        return hints.text() && !hints.otherCode() && column.rows() <= SMALL_TABLE;
    }

    /**
     * A profile column. Where customers have many rows it must be nearly the same in all rows of a
     * customer; else it describes the rows.
     */
    private RoleGuesser.Guess profile(Role role, String reason) {
        if (view.repeated()) {
            double changing = view.changing(column);
            if (changing > MOSTLY_CONSTANT) {
                return new RoleGuesser.Guess(
                        Role.IGNORE, Message.of("collect.reason_changing", "share", changing));
            }
        }
        return guess(role, reason);
    }

    /** Numbers of rows, in whatever order the rows stand. */
    private boolean isCounter() {
        if (!column.numbered() || column.low() < 0) return false;
        if (hints.counter()) return true;
        // In a file without a header any column has no name: there the numbers must lie close.
        boolean close = column.high() - column.low() < 2.0 * column.rows();
        return isUnnamed(column) && (close || !view.columns().stream().allMatch(this::isUnnamed));
    }

    private boolean isUnnamed(ColumnFacts other) {
        return other.name().equals("column_" + (other.position() + 1));
    }

    private boolean isPersonalByName() {
        return hints.personal()
                && (column.distinct() * 2 > column.filled() || column.rows() <= SMALL_TABLE)
                && column.distinct() > 1;
    }

    private boolean hasQuantity() {
        return view.columns().stream()
                .anyMatch(c -> NameHints.of(c.name()).quantity() && TableView.isNumeric(c));
    }

    private boolean hasText() {
        return view.columns().stream().anyMatch(c -> TableView.isLongText(c) || isTextByName(c));
    }

    private static boolean isTextByName(ColumnFacts other) {
        return NameHints.of(other.name()).text()
                && !TableView.isNumeric(other)
                && other.filled() > 0;
    }

    private RoleGuesser.Guess guess(Role role, String reason) {
        return new RoleGuesser.Guess(
                role,
                Message.of(
                        "collect.reason_" + reason,
                        "rows",
                        column.rows(),
                        "filled",
                        column.filled(),
                        "distinct",
                        column.distinct(),
                        "missing",
                        column.missing(),
                        "numeric",
                        column.share(column.numeric()),
                        "dates",
                        column.share(column.dates()),
                        "personal",
                        column.share(column.personal()),
                        "words",
                        Math.round(column.words() * 10) / 10.0,
                        "low",
                        Double.isFinite(column.low()) ? column.low() : 0.0,
                        "high",
                        Double.isFinite(column.high()) ? column.high() : 0.0));
    }
}
