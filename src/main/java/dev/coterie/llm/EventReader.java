package dev.coterie.llm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads a body event by event, as an event stream or as one JSON object a line, and refuses more
 * than the cap of decoded bytes.
 */
final class EventReader {
    private final InputStream in;
    private final boolean lines;
    private final int cap;
    private final byte[] buffer = new byte[8192];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int position;
    private int filled;
    private long total;
    private boolean afterReturn;
    private boolean first = true;

    /** One event: its name (empty if it has none) and its data. */
    record Event(String name, String data) {}

    /**
     * @param lines true if each line is an event of its own
     * @param cap most bytes of the decoded body
     */
    EventReader(InputStream in, boolean lines, int cap) {
        this.in = in;
        this.lines = lines;
        this.cap = cap;
    }

    /** The next event with data, or empty at the end of the body. */
    Optional<Event> next() throws IOException {
        String name = "";
        StringBuilder data = null;
        while (true) {
            Optional<String> read = line();
            if (read.isEmpty()) {
                return data == null ? Optional.empty() : Optional.of(event(name, data));
            }
            String text = read.get();
            if (lines) {
                if (!text.isBlank()) return Optional.of(new Event("", text));
                continue;
            }
            if (text.isEmpty()) {
                if (data != null) return Optional.of(event(name, data));
                name = "";
                continue;
            }
            int colon = text.indexOf(':');
            String field = colon < 0 ? text : text.substring(0, colon);
            String value = colon < 0 ? "" : text.substring(colon + 1);
            if (value.startsWith(" ")) value = value.substring(1);
            if (field.equals("data")) {
                if (data == null) data = new StringBuilder();
                else data.append('\n');
                data.append(value);
            } else if (field.equals("event")) {
                name = value;
            }
        }
    }

    /** The rest of the body as text. */
    String rest() throws IOException {
        var all = new ByteArrayOutputStream();
        for (int b = read(); b >= 0; b = read()) all.write(b);
        return all.toString(StandardCharsets.UTF_8);
    }

    private static Event event(String name, StringBuilder data) {
        return new Event(name, data.toString());
    }

    /**
     * A line without its end (CR, LF or both). Bytes are decoded a whole line at a time, so that a
     * character split over two pieces stays whole.
     */
    private Optional<String> line() throws IOException {
        line.reset();
        while (true) {
            int b = read();
            if (b < 0) return line.size() == 0 ? Optional.empty() : Optional.of(decoded());
            if (b == '\n' && afterReturn) {
                afterReturn = false;
                continue;
            }
            afterReturn = b == '\r';
            if (b == '\n' || b == '\r') return Optional.of(decoded());
            line.write(b);
        }
    }

    private String decoded() {
        String text = line.toString(StandardCharsets.UTF_8);
        boolean marked = first && text.startsWith("\ufeff");
        first = false;
        return marked ? text.substring(1) : text;
    }

    private int read() throws IOException {
        if (position == filled) {
            position = 0;
            filled = in.read(buffer, 0, buffer.length);
            if (filled < 0) {
                filled = 0;
                return -1;
            }
            total += filled;
            if (total > cap) throw FaultException.of(Fault.ANSWER_TOO_LARGE);
        }
        return buffer[position++] & 0xff;
    }
}
