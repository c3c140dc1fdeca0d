package dev.coterie.run;

import dev.coterie.describe.Analysis;
import dev.coterie.describe.Description;
import dev.coterie.error.InvalidInputException;
import dev.coterie.features.Block;
import dev.coterie.features.FeatureBuilder;
import dev.coterie.features.FeatureMatrix;
import dev.coterie.features.FeatureModel;
import dev.coterie.language.Message;
import dev.coterie.language.Notice;
import dev.coterie.prepare.CustomerTable;
import dev.coterie.prepare.Preparation;
import dev.coterie.prepare.Prepared;
import dev.coterie.rule.RuleSources;
import dev.coterie.segment.BlockStructure;
import dev.coterie.segment.Segmentation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the stages before clustering made: the features, and how much each block says.
 *
 * @param emphasis factors that a person chose, or that make the shares which they chose
 */
public record Fused(
        SegmentationRun.Embedded embedded,
        FeatureModel model,
        FeatureMatrix features,
        Map<Block, Double> emphasis) {
    /** Likeness of a customer's texts from which on they count in full. */
    private static final double TELLING = 0.02;

    /** What texts count at least, so that customers alike in all else differ by them. */
    private static final double LEAST = 0.05;

    RuleSources rules() {
        return RuleSources.of(embedded.collected(), embedded.prepared().recipe());
    }

    Analysis analysis(Segmentation segmentation, Description description, List<Notice> notices) {
        return new Analysis(
                embedded.collected(),
                embedded.prepared(),
                embedded.embeddings(),
                model,
                features,
                segmentation,
                description,
                notices);
    }

    /** Builds the features, and finds the balance of the blocks unless it is given. */
    static Fused of(SegmentationRun.Embedded embedded, RunSettings settings, RunListener listener) {
        var customers = embedded.prepared().customers();
        Preparation.requireEnough(customers);
        listener.begin(Stage.FUSE);
        var fitted =
                new FeatureBuilder(FeatureBuilder.TEXT_COMPONENTS, settings.factors())
                        .fit(customers, embedded.embeddings(), embedded.prepared().recipe());
        var model = fitted.model();
        if (model.balance().isEmpty()) refuseIfSwitchedOff(embedded.prepared(), settings);
        tellLeftOut(customers, model, settings, listener);
        if (sayLittle(fitted)) {
            int texts = customers.texts().size();
            var message = Message.of("run.texts_say_little", "count", texts);
            listener.notice(Notice.warning(message, texts));
        }
        var features = model.matrix(fitted.places(), customers.customers());
        boolean chosen = settings.balance().keySet().containsAll(model.balance().keySet());
        if (chosen) return new Fused(embedded, model, features, settings.balance());
        var emphasis = emphasis(fitted, settings);
        var found = new BlockStructure(emphasis, settings.seed()).shares(features);
        boolean asked = !settings.shares().isEmpty();
        var balanced = model.balanced(asked ? settings.shares() : found);
        return new Fused(
                embedded,
                balanced,
                balanced.matrix(fitted.places(), customers.customers()),
                asked ? BlockStructure.emphasis(settings.shares(), found) : emphasis);
    }

    /**
     * What a person chose; and where texts say little of who wrote them, how little they count
     * unless a person chose that.
     */
    private static Map<Block, Double> emphasis(FeatureBuilder.Fitted fitted, RunSettings settings) {
        var emphasis = new EnumMap<Block, Double>(Block.class);
        if (sayLittle(fitted) && settings.shares().isEmpty()) {
            double part = fitted.textLikeness().getAsDouble() / TELLING;
            emphasis.put(Block.TEXT, Math.sqrt(Math.max(LEAST, part)));
        }
        emphasis.putAll(settings.factors());
        return emphasis;
    }

    /** Texts that are all there is are all there is to go by. */
    private static boolean sayLittle(FeatureBuilder.Fitted fitted) {
        var used = fitted.model().balance().keySet();
        return used.contains(Block.TEXT)
                && used.size() > 1
                && fitted.textLikeness().orElse(1) < TELLING;
    }

    /** Without features everyone is alike, but not where a person switched all of them off. */
    private static void refuseIfSwitchedOff(Prepared prepared, RunSettings settings) {
        var customers = prepared.customers();
        var recipe = prepared.recipe();
        boolean profile = !recipe.numbers().isEmpty() || !recipe.categories().isEmpty();
        var off = new ArrayList<String>();
        for (Block block : Block.values()) {
            boolean data =
                    switch (block) {
                        case TEXT -> !customers.texts().isEmpty();
                        case BEHAVIOUR -> customers.events().count() > 0;
                        case PROFILE -> profile;
                    };
            if (data && settings.leavesOut(block)) off.add(block.word());
        }
        if (off.isEmpty()) return;
        var message = Message.of("run.all_switched_off", "blocks", String.join(", ", off));
        throw new InvalidInputException(message, "/balance", null);
    }

    /** Says which data is there but the same for everyone. */
    private static void tellLeftOut(
            CustomerTable customers,
            FeatureModel model,
            RunSettings settings,
            RunListener listener) {
        var used = model.balance().keySet();
        if (used.isEmpty()) return;
        int texts = customers.texts().size();
        if (texts > 0 && !used.contains(Block.TEXT) && !settings.leavesOut(Block.TEXT)) {
            var message = Message.of("run.texts_alike", "count", texts);
            listener.notice(Notice.warning(message, texts));
        }
        int events = customers.events().count();
        if (events > 0 && !used.contains(Block.BEHAVIOUR) && !settings.leavesOut(Block.BEHAVIOUR)) {
            var message = Message.of("run.events_alike", "count", events);
            listener.notice(Notice.warning(message, events));
        }
    }
}
