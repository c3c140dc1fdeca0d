/** The command line: arguments in, stages called, data on stdout and progress on stderr. */
package dev.coterie.cli;
