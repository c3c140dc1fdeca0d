package dev.coterie.predict;

/** Takes the features of one row, in rising order of index. */
interface Sink {
    void put(int index, double value);
}
