package dev.coterie.run;

import dev.coterie.config.TokenPrice;
import dev.coterie.error.StorageException;
import dev.coterie.llm.CallRecord;
import dev.coterie.llm.Usage;
import dev.coterie.store.Database;
import dev.coterie.store.Row;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the language model used for runs, briefs and answers. Each call is put down when it ends, so
 * that work which fails or is stopped costs what it cost. Thread-safe.
 */
public final class ModelUsage {
    private static final Logger log = LoggerFactory.getLogger(ModelUsage.class);

    private final Database database;

    ModelUsage(Database database) {
        this.database = database;
    }

    /** What calls are made for. */
    public enum For {
        RUN,
        BRIEF,
        /** An answer of a chat. */
        MESSAGE;

        /** Table and column. */
        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Puts down calls.
     *
     * @param id of the run, brief or message; once that is deleted, nothing is put down
     */
    Consumer<CallRecord> meter(For what, String id) {
        return call -> {
            // Nothing was sent while the model rests.
            if (call.tries() == 0) return;
            try {
                put(what, id, call);
            } catch (StorageException e) {
                // An answer that was paid for is worth more than its line here.
                log.warn("call {} of {} {} is not put down", call.number(), what.word(), id, e);
            }
        };
    }

    private void put(For what, String id, CallRecord call) {
        Optional<TokenPrice> price = call.price();
        String insert =
                "insert into model_call (%1$s, at, model, input_tokens, output_tokens, input_price,"
                        + " output_price, currency) select id, ?, ?, ?, ?, ?, ?, ? from %1$s where"
                        + " id = ?";
        database.change(
                t ->
                        t.change(
                                insert.formatted(what.word()),
                                call.at().toString(),
                                call.model(),
                                call.inputTokens(),
                                call.outputTokens(),
                                price.map(p -> p.input().toPlainString()),
                                price.map(p -> p.output().toPlainString()),
                                price.map(TokenPrice::currency),
                                id));
    }

    /** What was used so far. */
    public Usage of(For what, String id) {
        String calls = "select * from model_call where " + what.word() + " = ? order by at, rowid";
        List<Usage> each = database.read(t -> t.list(calls, ModelUsage::usage, id));
        return each.stream().reduce(Usage.NONE, Usage::plus);
    }

    private static Usage usage(Row row) {
        Optional<TokenPrice> price =
                row.optionalText("currency")
                        .map(
                                currency ->
                                        new TokenPrice(
                                                new BigDecimal(row.text("input_price")),
                                                new BigDecimal(row.text("output_price")),
                                                currency));
        return Usage.ofCall(row.number("input_tokens"), row.number("output_tokens"), price);
    }
}
