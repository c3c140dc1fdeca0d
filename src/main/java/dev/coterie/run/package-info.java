/** The only caller of every stage: runs, jobs, checkpoints, progress. */
package dev.coterie.run;
