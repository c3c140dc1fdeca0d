package dev.coterie.prepare;

import dev.coterie.collect.Collected;
import dev.coterie.collect.ColumnSchema;
import dev.coterie.collect.Role;
import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Message;
import dev.coterie.progress.Progress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one clean table of customers out of the tables of an import.
 *
 * <p>Rows in = rows kept + merged + rejected for every table. Exact repeats are merged among
 * customers and among one customer's texts; repeated events are only reported. The result does not
 * depend on the order of rows, except that the first of two contradicting rows counts and that line
 * numbers, and ids that are row numbers, are those of the file. Holds no state.
 */
public final class Preparation {
    private static final long SHUFFLED_WITH = 7;

    private static final Logger log = LoggerFactory.getLogger(Preparation.class);

    /** A run needs this many customers. */
    public static final int FEWEST_CUSTOMERS = 4;

    /**
     * Version of the default recipe. Since 2 a code for no value is no number; before, and in runs
     * that were stored then, it was read as one.
     */
    public static final int RECIPE = 2;

    /** Since this version codes for no value are looked for. */
    private static final int CODES = 2;

    public Prepared prepare(Collected collected, Progress progress) {
        return prepare(collected, RECIPE, progress);
    }

    /**
     * @param version of the recipe
     */
    public Prepared prepare(Collected collected, int version, Progress progress) {
        long started = System.nanoTime();
        var findings = new Findings();
        var tables = new ArrayList<TableInput>();
        int customerTable = collected.customerTable().orElse(-1);
        for (int i = 0; i < collected.tables().size(); i++) {
            tables.add(new TableInput(collected.tables().get(i), i == customerTable));
        }
        var index = new CustomerIndex(tables, collected.customerTable(), findings);
        index.build();
        progress.checkCancelled();
        int customers = index.ids().size();
        long latest = latest(tables);
        var denied = new DenyList(tables);
        var texts = new TextBuilder(findings, denied);
        tables.forEach(texts::add);
        List<CustomerText> written = texts.build();
        var events = new EventBuilder(findings);
        tables.forEach(events::add);
        var profile = new ProfileBuilder(customers, latest, version >= CODES, findings);
        tables.forEach(profile::add);
        List<CategoryColumn> categories = profile.categories().stream().map(denied::mask).toList();
        if (denied.masked() > 0) findings.step("mask_names", denied.masked());
        progress.checkCancelled();
        var read =
                new CustomerTable(
                        index.ids(),
                        index.lines(),
                        profile.numbers(),
                        categories,
                        written,
                        events.build(latest),
                        profile.targets());
        var table = new CanonicalOrder(read, index.idsAreRowNumbers()).apply();
        Recipe recipe = recipe(table, latest, profile.spellings(), findings);
        var counts = tables.stream().map(TableInput::count).toList();
        progress.advance(customers, customers, Progress.Unit.CUSTOMERS);
        log.info(
                "prepare: {} customers, {} texts, {} events, {} rows rejected, in {} ms",
                customers,
                table.texts().size(),
                table.events().count(),
                index.rejects().size(),
                (System.nanoTime() - started) / 1_000_000);
        return new Prepared(
                table,
                recipe,
                new QualityReport(counts, findings.notices()),
                Shuffle.returned(table, index.idsAreRowNumbers(), SHUFFLED_WITH),
                index.rejects());
    }

    /**
     * @throws InvalidInputException if there are too few customers for segments
     */
    public static void requireEnough(CustomerTable table) {
        if (table.customers() >= FEWEST_CUSTOMERS) return;
        throw new InvalidInputException(
                Message.of(
                        "prepare.too_few_customers",
                        "needed",
                        FEWEST_CUSTOMERS,
                        "found",
                        table.customers()));
    }

    private static Recipe recipe(
            CustomerTable table, long latest, Spellings spellings, Findings findings) {
        var fitter = new RecipeFitter(table.customers(), findings);
        table.numbers().forEach(fitter::add);
        table.categories().forEach(fitter::add);
        fitter.finish();
        noteIdentical(table, fitter, findings);
        new LeakageCheck(table, findings).run();
        return new Recipe(
                fitter.numbers(), fitter.categories(), latest, spellings, findings.steps());
    }

    /** Without any difference between customers there is nothing to segment. */
    private static void noteIdentical(CustomerTable table, RecipeFitter fitter, Findings findings) {
        boolean profile = fitter.numbers().isEmpty() && fitter.categories().isEmpty();
        boolean described = !table.numbers().isEmpty() || !table.categories().isEmpty();
        if (!profile || table.customers() < 2 || table.events().count() > 0) return;
        boolean allLevelsDiffer = table.categories().stream().anyMatch(c -> c.levels().size() > 1);
        Set<String> texts = new HashSet<>();
        for (CustomerText text : table.texts()) texts.add(text.column() + '\0' + text.text());
        long columns = table.texts().stream().map(CustomerText::column).distinct().count();
        boolean sameTexts =
                texts.size() <= columns && table.texts().size() == columns * table.customers()
                        || table.texts().isEmpty();
        if (sameTexts && !allLevelsDiffer && (described || !table.texts().isEmpty())) {
            findings.warning(table.customers(), "identical", "count", table.customers());
        }
    }

    /** The latest date of every table, or {@link Long#MIN_VALUE}. */
    private static long latest(List<TableInput> tables) {
        long latest = Long.MIN_VALUE;
        for (TableInput table : tables) {
            for (ColumnSchema schema : table.with(Role.DATE)) {
                DateCells cells = DateCells.of(table.column(schema), schema);
                latest = Math.max(latest, cells.latest(table));
            }
        }
        return latest;
    }
}
