package dev.coterie.tools;

import dev.coterie.describe.Attribute;

/**
 * The figure that customers are put in order by.
 *
 * @param lowestFirst true for those with the least of it
 */
public record CustomerOrder(Attribute attribute, boolean lowestFirst) {}
