package dev.coterie.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.error.InvalidInputException;
import dev.coterie.features.Block;
import dev.coterie.language.Language;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BalanceTest {
    @Test
    void aBlockHasAFactorAShareOrNeither() {
        assertEquals(
                new Balance(Map.of(Block.TEXT, 0.5, Block.BEHAVIOUR, 1000.0), Map.of()),
                Balance.read(Map.of("text", "0.5", "behaviour", "1000", "profile", "auto")));
        assertEquals(
                new Balance(Map.of(), Map.of(Block.TEXT, 0.6, Block.PROFILE, 0.4)),
                Balance.read(Map.of("text", "60%", "profile", "40 %")));
        // As JSON writes a small number.
        assertEquals(1e-5, Balance.read(Map.of("text", "1.0E-5")).factors().get(Block.TEXT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5%0",
                "%",
                "101%",
                "1000.5",
                "-1",
                "1e9",
                "NaN",
                "Infinity",
                "0x1p3",
                "2d",
                "true",
                "much",
                ""
            })
    void anythingElseIsRefusedWithWhatCanBeUsed(String word) {
        var e = assertThrows(InvalidInputException.class, () -> Balance.read(Map.of("text", word)));
        assertEquals(Optional.of("/balance/text"), e.pointer());
        assertTrue(e.message().in(Language.ENGLISH).contains("text=" + word));
        assertTrue(e.message().in(Language.ENGLISH).contains("0 to 1,000"));
        assertTrue(e.message().in(Language.CHINESE).contains("text=" + word));
    }

    @Test
    void anotherBlockIsRefused() {
        var e =
                assertThrows(
                        InvalidInputException.class, () -> Balance.read(Map.of("colour", "1")));
        assertEquals(Optional.of("/balance/colour"), e.pointer());
    }
}
