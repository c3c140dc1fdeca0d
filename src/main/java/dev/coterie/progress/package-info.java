/**
 * How long work tells where it stands and learns that it should stop. Imports only errors and
 * language.
 */
package dev.coterie.progress;
