package dev.coterie.run;

import dev.coterie.collect.Collected;
import dev.coterie.collect.Collector;
import dev.coterie.collect.Reject;
import dev.coterie.collect.RoleChoice;
import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Notice;
import dev.coterie.prepare.Preparation;
import dev.coterie.prepare.Prepared;
import dev.coterie.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and cleans files with the stages that a run uses. */
public record FileIntake(Collector collector, Preparation preparation) implements Intake {
    private static final int FIRST_REJECTS = 20;

    @Override
    public Read read(List<SourceFile> files, List<RoleChoice> choices) {
        var collected =
                collector.collect(
                        files.stream().map(SourceFile::path).toList(),
                        files.stream().map(SourceFile::name).toList(),
                        choices,
                        Progress.NONE);
        var prepared = preparation.prepare(collected, Progress.NONE);
        var rejects = new ArrayList<Reject>();
        collected.tables().forEach(t -> rejects.addAll(t.table().rejects()));
        rejects.addAll(prepared.rejects());
        return new Read(summary(collected, prepared, rejects), rejects);
    }

    private static DatasetSummary summary(
            Collected collected, Prepared prepared, List<Reject> rejects) {
        var tables = new ArrayList<DatasetSummary.Table>();
        var warnings = new ArrayList<Notice>();
        for (int i = 0; i < collected.tables().size(); i++) {
            var source = collected.tables().get(i);
            tables.add(
                    new DatasetSummary.Table(
                            source.table().name(),
                            collected.customerTable().orElse(-1) == i,
                            source.table().format(),
                            source.schema()));
            warnings.addAll(source.table().notices());
        }
        warnings.addAll(collected.notices());
        warnings.addAll(prepared.quality().findings());
        var customers = prepared.customers();
        return new DatasetSummary(
                tables,
                collected.links(),
                warnings,
                prepared.quality(),
                prepared.recipe().steps(),
                rejects.size(),
                rejects.stream().limit(FIRST_REJECTS).toList(),
                customers.customers(),
                customers.texts().size(),
                customers.events().count(),
                refusal(prepared));
    }

    private static Optional<Failure> refusal(Prepared prepared) {
        try {
            Preparation.requireEnough(prepared.customers());
            return Optional.empty();
        } catch (InvalidInputException e) {
            return Optional.of(new Failure(e.code(), e.message()));
        }
    }
}
