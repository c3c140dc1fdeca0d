package dev.coterie.api;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** A small shop with three plain groups of customers. */
final class ShopCsv {
    private static final String[][] TEXTS = {
        {"The parcel came late again", "Delivery was slow and late", "Waited two weeks for it"},
        {"Soft fabric and a lovely fit", "The dress fits me well", "Beautiful colour and cut"},
        {"Too expensive for what it is", "I only buy on discount", "Good price with the coupon"}
    };

    private ShopCsv() {}

    static byte[] customers(int count, long seed) {
        return customers(count, seed, 0);
    }

    /** With strangers at the end, who write like one group and live like another. */
    static byte[] customers(int count, long seed, int strangers) {
        var random = new Random(seed);
        var csv = new StringBuilder("customer_id,age,country,monthly_spend,churned,review\n");
        for (int i = 0; i < count; i++) {
            int group = i % 3;
            csv.append(
                    "%05d,%d,%s,%.2f,%s,%s number %d\n"
                            .formatted(
                                    i + 1,
                                    25 + group * 15 + random.nextInt(8),
                                    new String[] {"DE", "FR", "ES"}[group],
                                    40 + group * 60 + random.nextInt(20) + 0.5,
                                    random.nextInt(10) < 2 + group * 3 ? "yes" : "no",
                                    TEXTS[i < count - strangers ? group : (group + 1) % 3][
                                            random.nextInt(3)],
                                    i));
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }
}
