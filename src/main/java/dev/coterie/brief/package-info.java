/**
 * A segment's profile and facts in, a marketing brief or a report out.
 *
 * <p>In: {@link dev.coterie.describe.Analysis}. Out: {@link dev.coterie.brief.Brief} with 13
 * sections, rendered as Markdown or HTML, and the batch command's report page. Invariants: every
 * figure is a reference to a fact; sections on offers, messages and conduct are marked as
 * hypotheses; whatever the data does not carry is said to be missing.
 */
package dev.coterie.brief;
