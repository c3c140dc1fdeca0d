package dev.coterie.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coterie.chat.ChatEngine;
import dev.coterie.chat.ChatListener;
import dev.coterie.chat.Question;
import dev.coterie.chat.WriterChoice;
import dev.coterie.language.Language;
import dev.coterie.proof.Spotlight;
import dev.coterie.words.PersonalData;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * 500 planted pieces of structured personal data, English and Chinese, in forms that people write:
 * none of them is in a request, and ordinary texts stay as they are.
 */
class CanariesTest {
    private static final int EACH = 50;
    private static final Random RANDOM = new Random(17);

    /** A planted piece: how it stands in the text, and the letters and digits that must not. */
    private record Canary(String kind, String written, String bare) {}

    private static String digits(int n) {
        var out = new StringBuilder();
        for (int i = 0; i < n; i++) out.append(RANDOM.nextInt(10));
        return out.toString();
    }

    private static String pick(String... of) {
        return of[RANDOM.nextInt(of.length)];
    }

    private static String wide(String text) {
        var out = new StringBuilder();
        for (char c : text.toCharArray()) {
            out.append(c >= '!' && c <= '~' ? (char) (c - '!' + '！') : c);
        }
        return out.toString();
    }

    private static List<Canary> canaries() {
        var out = new ArrayList<Canary>();
        for (int i = 0; i < EACH; i++) {
            String user = "anna" + i + "x" + digits(4);
            String mail =
                    switch (i % 5) {
                        case 0 -> user + "@example.invalid";
                        case 1 -> user + " @ example.invalid";
                        case 2 -> user + " (at) example (dot) com";
                        case 3 -> wide(user + "@example.com");
                        default -> user + " at example dot com";
                    };
            out.add(new Canary("mail", mail, user));
            String cn = "1" + (3 + RANDOM.nextInt(7)) + digits(9);
            String written =
                    switch (i % 4) {
                        case 0 -> cn;
                        case 1 ->
                                "+86 "
                                        + cn.substring(0, 3)
                                        + " "
                                        + cn.substring(3, 7)
                                        + " "
                                        + cn.substring(7);
                        case 2 ->
                                cn.substring(0, 3)
                                        + "-"
                                        + cn.substring(3, 7)
                                        + "-"
                                        + cn.substring(7);
                        default -> wide(cn);
                    };
            out.add(new Canary("phone CN", written, cn));
            String us = (2 + RANDOM.nextInt(8)) + digits(9);
            String a = us.substring(0, 3);
            String b = us.substring(3, 6);
            String c = us.substring(6);
            out.add(
                    new Canary(
                            "phone US",
                            switch (i % 3) {
                                case 0 -> "(" + a + ") " + b + "-" + c;
                                case 1 -> a + "." + b + "." + c;
                                default -> "+1 " + a + " " + b + " " + c;
                            },
                            us));
            String eu = digits(8);
            out.add(
                    new Canary(
                            "phone EU",
                            i % 2 == 0 ? "+49 30 " + eu : "0" + (3 + i % 6) + "0/" + eu,
                            eu));
            out.add(new Canary("id", idCard(i), ""));
            out.add(new Canary("iban", iban(i), ""));
            out.add(new Canary("card", card(i), ""));
            String ip =
                    (1 + RANDOM.nextInt(220))
                            + "."
                            + RANDOM.nextInt(250)
                            + "."
                            + RANDOM.nextInt(250)
                            + "."
                            + (100 + RANDOM.nextInt(100));
            out.add(new Canary("ip", ip, ip));
            String tail = "A" + digits(4);
            out.add(
                    new Canary(
                            "plate", pick("京", "沪", "粤") + "B" + pick("", "·", " ") + tail, tail));
            String token = "tok" + digits(12);
            out.add(new Canary("token", "https://shop.example.invalid/reset?t=" + token, token));
        }
        return out.stream()
                .map(x -> x.bare().isEmpty() ? new Canary(x.kind(), x.written(), x.written()) : x)
                .toList();
    }

    private static String idCard(int i) {
        String body =
                "110105"
                        + (1950 + RANDOM.nextInt(50))
                        + "0"
                        + (1 + RANDOM.nextInt(9))
                        + "1"
                        + RANDOM.nextInt(10)
                        + digits(3);
        int sum = 0;
        for (int k = 0; k < 17; k++) sum += (body.charAt(k) - '0') * (1 << (17 - k)) % 11;
        String id = body + "10X98765432".charAt(sum % 11);
        if (i % 3 == 1) return wide(id);
        return i % 3 == 2
                ? id.substring(0, 6) + " " + id.substring(6, 14) + " " + id.substring(14)
                : id;
    }

    private static String iban(int i) {
        String account = digits(18);
        BigInteger number = new BigInteger(account + "131400"); // DE and two zeros
        int check = 98 - number.mod(BigInteger.valueOf(97)).intValue();
        String iban = "DE" + (check < 10 ? "0" : "") + check + account;
        if (i % 2 == 0) return iban;
        return iban.replaceAll("(.{4})(?=.)", "$1 ");
    }

    private static String card(int i) {
        String body = "4" + digits(14);
        int sum = 0;
        for (int k = 0; k < body.length(); k++) {
            int d = body.charAt(body.length() - 1 - k) - '0';
            sum += k % 2 == 0 ? (d * 2 > 9 ? d * 2 - 9 : d * 2) : d;
        }
        String card = body + (10 - sum % 10) % 10;
        return i % 2 == 0 ? card : card.replaceAll("(.{4})(?=.)", "$1" + pick(" ", "-"));
    }

    @Test
    void noneOfFiveHundredIsInARequest() {
        List<Canary> all = canaries();
        assertEquals(500, all.size());
        var texts = new ArrayList<String>();
        for (int i = 0; i < all.size(); i++) {
            String opening = i % 2 == 0 ? "The lamp was late, write to " : "灯很漂亮，请联系 ";
            texts.add(opening + all.get(i).written() + (i % 2 == 0 ? " please." : " 谢谢。"));
        }
        var sent = new StringBuilder();
        int most = 0;
        for (int from = 0; from < texts.size(); from += 25) {
            List<String> part = texts.subList(from, from + 25);
            var planted = new ArrayList<ModelWorld.Planted>();
            for (int i = 0; i < part.size(); i++) {
                planted.add(new ModelWorld.Planted(3 * i + 3, part.get(i)));
            }
            String header = part.get(from / 25 % 25);
            var world = new ModelWorld(planted, header, Optional.of(part.get(1)), part, 0);
            var model = new ObedientModel(List.of(), t -> world.localised(t, false));
            world.describe(Optional.of(model), Language.ENGLISH);
            world.brief(Optional.of(model), 1, Language.ENGLISH);
            var question =
                    new Question(
                            "Is " + part.get(2) + " in the first group?",
                            Optional.of(Language.ENGLISH),
                            List.of(1),
                            WriterChoice.AUTO);
            new ChatEngine(Optional.of(model), ModelWorld.ENCODERS)
                    .answer(world.analysis(), List.of(), question, ChatListener.NONE);
            model.prompts().forEach(p -> sent.append(p).append('\n'));
            most = Math.max(most, model.prompts().size());
        }
        assertTrue(most >= 3, "names, brief and chat were asked");
        String requests = narrow(sent.toString());
        assertTrue(
                requests.contains("The lamp was late, write to ["),
                "the texts are in the requests");
        Map<String, List<String>> leaked = new TreeMap<>();
        for (Canary canary : all) {
            if (requests.contains(narrow(canary.bare()))) {
                leaked.computeIfAbsent(canary.kind(), k -> new ArrayList<>()).add(canary.written());
            }
        }
        assertEquals(Map.of(), leaked);
    }

    /**
     * Every one of them is masked wherever it stands, not only where the sample happened to look.
     */
    @Test
    void eachIsMaskedInATextOfItsOwn() {
        Map<String, Integer> missed = new LinkedHashMap<>();
        for (Canary canary : canaries()) {
            String shown = narrow(Spotlight.shown("Reach me: " + canary.written() + ", thanks."));
            if (shown.contains(narrow(canary.bare()))) missed.merge(canary.kind(), 1, Integer::sum);
        }
        assertEquals(Map.of(), missed);
    }

    @Test
    void ordinaryTextsStayAsTheyAre() {
        for (String text :
                List.of(
                        "I paid 1,299.00 for 2 lamps on 12.03.2024 and waited 10-14 days.",
                        "Order 12345678 came at 10:30, size 38/40, rated 4.5 of 5.",
                        "订单号 SF7Q2K9XMB4T0ZL8 一直查不到物流,打电话问了才知道还没发货。",
                        "买了2024年的新款，价格199元，尺码170/88A。",
                        "Look at the lamp at home dot matrix style.")) {
            assertEquals(text, PersonalData.mask(text));
            assertFalse(PersonalData.found(text), text);
        }
    }

    private static String narrow(String text) {
        var out = new StringBuilder();
        for (char c : text.toCharArray()) {
            out.append(c >= '！' && c <= '～' ? (char) (c - '！' + '!') : c);
        }
        return out.toString();
    }
}
