package dev.coterie.tools;

import dev.coterie.brief.Brief;
import dev.coterie.predict.Forecast;
import dev.coterie.predict.Prediction;
import dev.coterie.prepare.CustomerInput;
import dev.coterie.segment.CutAssigner;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What tools can have done with a run besides reading it. Thread-safe. */
public interface Workbench {
    /** Places new customers the way the run's own went. */
    CutAssigner.Assigned assign(List<CustomerInput> customers);

    /**
     * The forecast of a target column; trained when first asked for, which may take a while.
     *
     * @throws dev.coterie.error.InvalidInputException if its data cannot carry a forecast
     */
    Forecast forecast(String target);

    /** What the forecast of a target column says of new customers, without reasons. */
    List<Prediction> predict(String target, List<CustomerInput> customers);

    /**
     * The newest finished brief for a segment.
     *
     * @param segment number
     */
    Optional<Written> brief(int segment);

    /**
     * What a segment is called for good; its number may go to another one.
     *
     * @param segment number
     */
    String segmentId(int segment);

    /** What the API calls a customer of the run. */
    String customerId(int row);

    /**
     * Row of a customer of the run.
     *
     * @param id as {@link #customerId} gives it
     */
    OptionalInt customerRow(String id);

    /**
     * @param id of the brief
     */
    record Written(String id, Brief brief) {}
}
