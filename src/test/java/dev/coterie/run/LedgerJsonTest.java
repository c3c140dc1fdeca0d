package dev.coterie.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.coterie.describe.Description;
import dev.coterie.describe.SampleCustomers;
import dev.coterie.describe.SegmentProfile;
import dev.coterie.language.Language;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What a run leaves in the ledger comes back as it was. */
class LedgerJsonTest {
    static final Description DESCRIPTION =
            SampleCustomers.describe(SampleCustomers.english(120, 7), 3);

    @Test
    void rulesComeBackWithConditionsFiguresAndSql() {
        Description back = LedgerJson.unpack(LedgerJson.pack(DESCRIPTION), Description.class);
        for (int i = 0; i < 3; i++) {
            var rule = DESCRIPTION.segments().get(i).rule().orElseThrow();
            assertTrue(rule.conditions().size() > 0, rule.toString());
            assertEquals(rule, back.segments().get(i).rule().orElseThrow());
        }
    }

    @Test
    void aRunFromBeforeRulesIsReadWithoutThem() throws IOException {
        var mapper = new ObjectMapper();
        var tree =
                mapper.readTree(
                        new GZIPInputStream(
                                new ByteArrayInputStream(LedgerJson.pack(DESCRIPTION))));
        tree.path("segments").forEach(s -> ((ObjectNode) s).remove("rule"));
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            mapper.writeValue(gzip, tree);
        }
        Description back = LedgerJson.unpack(packed.toByteArray(), Description.class);
        for (SegmentProfile s : back.segments()) assertTrue(s.rule().isEmpty());
    }

    @Test
    void aRunKeepsTheRecipeItWasPreparedWith() throws IOException {
        var mapper = new ObjectMapper();
        var settings = RunSettings.defaults(Language.ENGLISH);
        String now = LedgerJson.write(settings);
        assertEquals(settings, LedgerJson.read(now, RunSettings.class));
        var before = (ObjectNode) mapper.readTree(now);
        before.remove("recipe");
        RunSettings stored = LedgerJson.read(before.toString(), RunSettings.class);
        assertTrue(stored.recipe() < settings.recipe());
        assertEquals(stored.recipe(), stored.with(OptionalInt.of(5)).recipe());
    }
}
