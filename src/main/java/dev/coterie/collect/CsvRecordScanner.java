package dev.coterie.collect;

import dev.coterie.config.Config;
import dev.coterie.error.LimitException;
import dev.coterie.language.Message;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Stands between a file's characters and the CSV parser: passes whole sound records on, each ended
 * by one line feed, and keeps back what the parser could not survive.
 *
 * <p>The parser then gives exactly one record for each one passed, in order, so {@link #next} tells
 * where it was in the file. Memory is bounded by the row limit, whatever the file holds. Physical
 * lines end with LF, CRLF or CR, also inside quotes.
 */
final class CsvRecordScanner extends Reader {
    /** Why a record was kept back. */
    enum Fault {
        QUOTE_NEVER_CLOSED,
        TEXT_AFTER_QUOTE,
        CELL_TOO_LONG,
        ROW_TOO_LONG,
        UNDECODABLE
    }

    /**
     * A record that was kept back.
     *
     * @param index 0-based record in the file, blank lines not counted
     * @param line physical line where the trouble is
     * @param column 0-based
     */
    record Refusal(int index, int line, int column, Fault fault, String excerpt) {}

    /** Where a record stood that was passed on. */
    record Place(int index, int line) {}

    private enum State {
        CELL_START,
        PLAIN,
        QUOTED,
        AFTER_QUOTE,
        SKIP_LINE
    }

    static final int EXCERPT = 200;

    private final Reader source;
    private final String file;
    private final char delimiter;
    private final Config.Limits limits;
    private final ControlCharacters removed;
    private final List<Refusal> refusals = new ArrayList<>();
    private final Deque<Place> places = new ArrayDeque<>();

    private final char[] input = new char[1 << 16];
    private int inputAt;
    private int inputEnd;

    private char[] record = new char[1 << 12];
    private int length;
    private int passed;
    private boolean ready;

    private State state = State.CELL_START;
    private boolean ended;
    private boolean skipLineFeed;
    private int line = 1;
    private int index;
    private int firstLine = 1;
    private int quoteLine;
    private int column;
    private int cellBytes;
    private int rowBytes;
    private boolean blank = true;
    private Fault fault;
    private int faultLine;
    private int faultColumn;

    CsvRecordScanner(
            Reader source,
            String file,
            char delimiter,
            Config.Limits limits,
            ControlCharacters removed) {
        this.source = source;
        this.file = file;
        this.delimiter = delimiter;
        this.limits = limits;
        this.removed = removed;
    }

    /** The place of the next record that the parser gives. */
    Place next() {
        return places.removeFirst();
    }

    List<Refusal> refusals() {
        return refusals;
    }

    @Override
    public int read(char[] target, int offset, int wanted) throws IOException {
        while (!ready) {
            if (ended) return -1;
            scan();
        }
        int n = Math.min(wanted, length - passed);
        System.arraycopy(record, passed, target, offset, n);
        passed += n;
        if (passed == length) startRecord();
        return n;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    /** Reads until a record is ready or the source ends. */
    private void scan() throws IOException {
        while (!ready) {
            if (inputAt == inputEnd) {
                inputEnd = source.read(input, 0, input.length);
                inputAt = 0;
                if (inputEnd < 0) {
                    inputEnd = 0;
                    ended = true;
                    endFile();
                    return;
                }
            }
            char c = input[inputAt++];
            if (skipLineFeed) {
                skipLineFeed = false;
                if (c == '\n') {
                    if (state == State.QUOTED) keep(c);
                    continue;
                }
            }
            if (ControlCharacters.isUnwanted(c)) removed.removed(c, line);
            else take(c);
        }
    }

    private void take(char c) {
        if (c == '\n' || c == '\r') {
            skipLineFeed = c == '\r';
            lineEnd(c);
            return;
        }
        if (c == Encoding.UNDECODABLE) blame(Fault.UNDECODABLE, line, column);
        switch (state) {
            case CELL_START -> {
                if (c == '"') {
                    state = State.QUOTED;
                    quoteLine = line;
                    blank = false;
                    keep(c);
                } else {
                    state = State.PLAIN;
                    plain(c);
                }
            }
            case PLAIN -> plain(c);
            case QUOTED -> {
                if (c == '"') state = State.AFTER_QUOTE;
                keep(c);
            }
            case AFTER_QUOTE -> afterQuote(c);
            case SKIP_LINE -> {}
        }
    }

    private void plain(char c) {
        if (c == delimiter) {
            keep(c);
            nextCell();
        } else {
            if (c != ' ' && c != '\t') blank = false;
            keep(c);
        }
    }

    private void afterQuote(char c) {
        if (c == '"') {
            state = State.QUOTED;
            keep(c);
        } else if (c == delimiter) {
            keep(c);
            nextCell();
        } else {
            blame(Fault.TEXT_AFTER_QUOTE, quoteLine, column);
            state = State.SKIP_LINE;
        }
    }

    private void lineEnd(char c) {
        if (state == State.QUOTED) {
            // Past the row limit a line break in quotes means that the quote was never closed.
            if (rowBytes <= limits.rowBytes()) {
                line++;
                keep(c);
                return;
            }
            fault = null;
            blame(Fault.QUOTE_NEVER_CLOSED, quoteLine, column);
        }
        line++;
        endRecord();
    }

    private void nextCell() {
        blank = false;
        column++;
        cellBytes = 0;
        state = State.CELL_START;
    }

    private void keep(char c) {
        int bytes = c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        cellBytes += bytes;
        if (rowBytes <= limits.rowBytes()) {
            rowBytes += bytes;
            if (rowBytes > limits.rowBytes()) rowTooLong();
        }
        if (cellBytes > limits.cellBytes() && fault == null) {
            // The quotes themselves count, which no one will notice at this size.
            blame(Fault.CELL_TOO_LONG, line, column);
        }
        if (fault != null && length >= EXCERPT) return;
        if (length == record.length) record = Arrays.copyOf(record, length * 2);
        record[length++] = c;
    }

    private void rowTooLong() {
        if (state == State.QUOTED && line > quoteLine) {
            fault = null;
            blame(Fault.QUOTE_NEVER_CLOSED, quoteLine, column);
            state = State.SKIP_LINE;
        } else {
            blame(Fault.ROW_TOO_LONG, firstLine, column);
        }
    }

    /** The first trouble in a record is the one that is told. */
    private void blame(Fault trouble, int where, int inColumn) {
        if (fault != null) return;
        fault = trouble;
        faultLine = where;
        faultColumn = inColumn;
    }

    private void endFile() {
        if (state == State.QUOTED) {
            fault = null;
            blame(Fault.QUOTE_NEVER_CLOSED, quoteLine, column);
        }
        if (length > 0 || fault != null) endRecord();
    }

    private void endRecord() {
        if (blank && fault == null && column == 0) {
            startRecord();
            return;
        }
        if (index == 0) checkHeader();
        if (fault != null) {
            refusals.add(new Refusal(index++, faultLine, faultColumn, fault, excerpt()));
            startRecord();
            return;
        }
        places.addLast(new Place(index++, firstLine));
        if (length == record.length) record = Arrays.copyOf(record, length + 1);
        record[length++] = '\n';
        ready = true;
        passed = 0;
    }

    private void checkHeader() {
        if (column + 1 > limits.columns()) {
            throw LimitMessages.columns(file, column + 1, limits.columns());
        }
        if (fault == Fault.ROW_TOO_LONG || fault == Fault.CELL_TOO_LONG) {
            throw new LimitException(
                    Message.of(
                            "collect.header_too_long",
                            "file",
                            file,
                            "limit",
                            LimitMessages.size(
                                    fault == Fault.ROW_TOO_LONG
                                            ? limits.rowBytes()
                                            : limits.cellBytes())));
        }
    }

    private String excerpt() {
        int end = Math.min(length, EXCERPT);
        if (end > 0 && Character.isHighSurrogate(record[end - 1])) end--;
        return new String(record, 0, end).replace(Encoding.UNDECODABLE, '\uFFFD');
    }

    private void startRecord() {
        state = State.CELL_START;
        ready = false;
        length = 0;
        passed = 0;
        column = 0;
        cellBytes = 0;
        rowBytes = 0;
        blank = true;
        fault = null;
        firstLine = line;
    }
}
