package dev.coterie.demo;

import dev.coterie.invent.Grammar;
import dev.coterie.invent.ResourceYaml;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * An invented shop: what it sells, who buys there, and the parts their texts are composed of.
 *
 * @param until the day on which the files were drawn; nothing happens after it
 * @param idDigits width of a customer id, padded with zeros
 * @param yesNo how the files spell yes and no, in this order
 * @param onTimeLate how the files spell the two outcomes of a delivery
 * @param sincePattern date pattern of the newsletter column, unlike the ISO dates elsewhere
 * @param joiner put between two sentences
 * @param words fillings of each slot; {@code slot-TAG} is preferred for products with that tag
 */
record Shop(
        String project,
        String until,
        int idDigits,
        Map<String, String> files,
        Map<String, List<String>> columns,
        List<String> yesNo,
        List<String> onTimeLate,
        String sincePattern,
        String joiner,
        Map<String, Integer> cities,
        List<Product> products,
        Map<String, List<String>> words,
        Map<String, List<String>> openings,
        Map<String, Grammar.Theme> themes,
        Map<String, List<String>> closings,
        List<Group> groups) {

    /**
     * @param spoken what customers call it
     * @param made what customers say it is made of
     */
    record Product(
            String name, List<String> spoken, List<String> made, double price, List<String> tags) {
        Grammar.Thing thing() {
            return new Grammar.Thing(spoken, made, tags);
        }
    }

    /**
     * A planted group.
     *
     * @param closing key of the closings its members use
     * @param themes weight of each theme in its members' texts
     * @param bad share of complaints by theme
     * @param orders least and most orders
     * @param recency days since the last order, least and most
     * @param signup days since the signup, least and most
     * @param price cheapest and dearest product
     * @param tags products it prefers; empty for any
     * @param months the only months in which it buys; empty for any
     * @param coupon share of orders with a coupon
     * @param late share of orders delivered late
     * @param returns share of orders sent back
     * @param churn chance to leave without a late delivery
     * @param age mean and standard deviation
     */
    record Group(
            String key,
            int size,
            String closing,
            Map<String, Integer> themes,
            Map<String, Double> bad,
            List<Integer> orders,
            List<Integer> recency,
            List<Integer> signup,
            List<Double> price,
            List<String> tags,
            List<Integer> months,
            double coupon,
            double late,
            double returns,
            double churn,
            List<Integer> age,
            double newsletter,
            Map<String, Integer> channels,
            Map<String, Integer> tiers) {}

    static Shop read(String resource) {
        return ResourceYaml.read("/demo/" + resource, Shop.class);
    }

    Grammar grammar() {
        return new Grammar(joiner, words, openings, themes);
    }

    LocalDate untilDate() {
        return LocalDate.parse(until);
    }

    String yesNo(boolean yes) {
        return yesNo.get(yes ? 0 : 1);
    }
}
