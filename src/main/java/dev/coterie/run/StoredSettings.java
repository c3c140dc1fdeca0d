package dev.coterie.run;

import dev.coterie.language.Language;
import dev.coterie.llm.ModelChoice;
import dev.coterie.store.Database;
import dev.coterie.store.Transaction;
import java.util.Optional;

/** What holds for the whole server and outlives it. No key and no secret is among it. */
public final class StoredSettings {
    private static final String ADDRESS = "model-address";
    private static final String MODEL = "model-name";
    private static final String DEMO = "demo-";

    private final Database database;

    StoredSettings(Database database) {
        this.database = database;
    }

    /** The language model that was chosen; empty: the configured one. */
    public Optional<ModelChoice> model() {
        return database.read(
                t ->
                        get(t, ADDRESS)
                                .flatMap(
                                        address ->
                                                get(t, MODEL)
                                                        .map(
                                                                model ->
                                                                        new ModelChoice(
                                                                                address, model))));
    }

    public void choose(ModelChoice choice) {
        database.change(
                t -> {
                    put(t, ADDRESS, choice.address());
                    put(t, MODEL, choice.model());
                });
    }

    /** True once the demo project of a language was made here, whatever became of it. */
    public boolean demoMade(Language language) {
        return database.read(t -> get(t, DEMO + language.tag()).isPresent());
    }

    public void rememberDemo(Language language) {
        database.change(t -> put(t, DEMO + language.tag(), "made"));
    }

    private static Optional<String> get(Transaction t, String name) {
        return t.first("select value from setting where name = ?", row -> row.text("value"), name);
    }

    private static void put(Transaction t, String name, String value) {
        t.change("insert or replace into setting (name, value) values (?, ?)", name, value);
    }
}
