/**
 * Clusters in, for each a short rule that a person can read and a database can run: how precise it
 * is and how many it covers is measured on customers that it was not learned on.
 */
package dev.coterie.rule;
