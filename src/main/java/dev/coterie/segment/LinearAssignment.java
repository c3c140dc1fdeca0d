package dev.coterie.segment;

import java.util.Arrays;

/**
 * The linear assignment problem: pairs rows with columns so that the sum of the pairs' values is as
 * large as possible.
 *
 * <p>Kuhn's Hungarian method in the form of shortest augmenting paths over row and column prices.
 * Cost O(max(rows, columns)³). Ties go to the lower row and column, so the same table gives the
 * same pairs.
 *
 * @see <a href="https://doi.org/10.1002/nav.3800020109">Kuhn, The Hungarian method for the
 *     assignment problem, 1955</a>
 * @see <a href="https://doi.org/10.1007/BF02278710">Jonker and Volgenant, A shortest augmenting
 *     path algorithm, 1987</a>
 */
final class LinearAssignment {
    private final double[][] cost;
    private final int n;
    private final double[] rowPrice;
    private final double[] columnPrice;

    /** Row that has each column; index 0 stands for "none", rows and columns count from 1. */
    private final int[] rowOf;

    /** The column before each one on the path that is being looked for. */
    private final int[] before;

    private LinearAssignment(double[][] value, int n) {
        this.n = n;
        this.cost = new double[n + 1][n + 1];
        for (int i = 0; i < value.length; i++) {
            for (int j = 0; j < value[i].length; j++) cost[i + 1][j + 1] = -value[i][j];
        }
        this.rowPrice = new double[n + 1];
        this.columnPrice = new double[n + 1];
        this.rowOf = new int[n + 1];
        this.before = new int[n + 1];
    }

    /**
     * @param value rows × columns, finite; a pair worth 0 or less is never made
     * @return for each row its column, or -1
     */
    static int[] maximum(double[][] value) {
        int rows = value.length;
        int columns = rows == 0 ? 0 : value[0].length;
        int[] columnOf = new int[rows];
        Arrays.fill(columnOf, -1);
        var problem = new LinearAssignment(value, Math.max(rows, columns));
        for (int row = 1; row <= problem.n; row++) problem.assign(row);
        for (int j = 1; j <= columns; j++) {
            int i = problem.rowOf[j];
            if (i >= 1 && i <= rows && value[i - 1][j - 1] > 0) columnOf[i - 1] = j - 1;
        }
        return columnOf;
    }

    /** Gives a row its column, moving rows that were there before along the cheapest path. */
    private void assign(int row) {
        rowOf[0] = row;
        double[] slack = new double[n + 1];
        boolean[] reached = new boolean[n + 1];
        Arrays.fill(slack, Double.POSITIVE_INFINITY);
        int column = 0;
        while (rowOf[column] != 0) {
            reached[column] = true;
            column = nearest(column, slack, reached);
        }
        while (column != 0) {
            rowOf[column] = rowOf[before[column]];
            column = before[column];
        }
    }

    /** The column not yet reached that costs least to reach; prices are raised by that cost. */
    private int nearest(int from, double[] slack, boolean[] reached) {
        int row = rowOf[from];
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int j = 1; j <= n; j++) {
            if (reached[j]) continue;
            double reduced = cost[row][j] - rowPrice[row] - columnPrice[j];
            if (reduced < slack[j]) {
                slack[j] = reduced;
                before[j] = from;
            }
            if (slack[j] < least) {
                least = slack[j];
                nearest = j;
            }
        }
        for (int j = 0; j <= n; j++) {
            if (reached[j]) {
                rowPrice[rowOf[j]] += least;
                columnPrice[j] -= least;
            } else {
                slack[j] -= least;
            }
        }
        return nearest;
    }
}
