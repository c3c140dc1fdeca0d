package dev.coterie.collect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.config.Config;
import dev.coterie.error.InvalidInputException;
import dev.coterie.language.Message;
import dev.coterie.progress.Progress;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads JSON Lines, one object a line, into columns. Numbers keep the text they have in the file;
 * objects inside become columns with dotted names; lists stay JSON text. One instance a file.
 */
final class JsonLinesReader {
    static final int DEEPEST = 64;

    private final String file;
    private final Config.Limits limits;
    private final Encoding encoding;
    private final Progress progress;
    private final JsonFactory factory;
    private final ControlCharacters removed = new ControlCharacters();
    private final TableBuilder table;
    private final Map<String, Integer> columns = new HashMap<>();
    private int record;

    JsonLinesReader(String file, Config.Limits limits, Encoding encoding, Progress progress) {
        this.file = file;
        this.limits = limits;
        this.encoding = encoding;
        this.progress = progress;
        this.table = new TableBuilder(file);
        // Our own counter refuses deep nesting with our own words before this limit is met.
        var constraints =
                StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST + 8)
                        .maxNumberLength(limits.rowBytes())
                        .maxNameLength(limits.rowBytes())
                        .maxStringLength(limits.rowBytes() * 2)
                        .build();
        this.factory =
                JsonFactory.builder()
                        .streamReadConstraints(constraints)
                        .recyclerPool(JsonRecyclerPools.threadLocalPool())
                        .build();
        factory.setCodec(new ObjectMapper(factory));
    }

    RawTable read(Content content) throws IOException {
        try (Reader text = encoding.reader(content.open())) {
            readLines(text);
        }
        if (record == 0) {
            throw new InvalidInputException(
                    Message.of("collect.no_data_rows", "file", file, "line", "1"));
        }
        rename();
        table.addNotices(removed.notices());
        return table.build(
                content,
                new FileFormat("jsonl", encoding.charset().name(), ',', content.gzip(), true));
    }

    private void readLines(Reader text) throws IOException {
        char[] buffer = new char[1 << 16];
        var line = new StringBuilder();
        int number = 1;
        int bytes = 0;
        boolean skipLineFeed = false;
        for (int n = text.read(buffer); n >= 0; n = text.read(buffer)) {
            for (int i = 0; i < n; i++) {
                char c = buffer[i];
                if (skipLineFeed && c == '\n') {
                    skipLineFeed = false;
                    continue;
                }
                skipLineFeed = c == '\r';
                if (c == '\n' || c == '\r') {
                    take(line, number++, bytes);
                    line.setLength(0);
                    bytes = 0;
                } else if (ControlCharacters.isUnwanted(c)) {
                    removed.removed(c, number);
                } else if (bytes <= limits.rowBytes()) {
                    bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
                    line.append(c);
                }
            }
        }
        take(line, number, bytes);
    }

    private void take(StringBuilder line, int number, int bytes) {
        String text = line.toString().strip();
        if (text.isEmpty()) return;
        record++;
        if ((record & 0x3FFF) == 0) {
            progress.checkCancelled();
            progress.advance(record, -1, Progress.Unit.ROWS);
            table.refuseHopeless(0);
        }
        String where = Integer.toString(number);
        if (bytes > limits.rowBytes()) {
            reject(number, Optional.empty(), TableBuilder.rowTooLong(where, limits), text);
            return;
        }
        if (text.indexOf(Encoding.UNDECODABLE) >= 0) {
            Message reason =
                    Message.of(
                            "collect.undecodable_line",
                            "line",
                            where,
                            "encoding",
                            encoding.charset().name());
            reject(number, Optional.empty(), reason, text.replace('\uFFFF', '\uFFFD'));
            return;
        }
        try {
            add(new LineParser(number).parse(text), number);
        } catch (Refused refused) {
            reject(number, refused.column, refused.reason, text);
        }
    }

    private void reject(int line, Optional<String> column, Message reason, String text) {
        table.reject(new Reject(file, record, line, column, reason, TableBuilder.cut(text)));
    }

    private void add(Map<String, String> values, int line) {
        String[] cells = new String[columns.size() + values.size()];
        values.forEach(
                (name, value) -> {
                    Integer at = columns.get(name);
                    if (at == null) {
                        if (columns.size() == limits.columns()) {
                            throw LimitMessages.columns(file, columns.size() + 1, limits.columns());
                        }
                        at = table.column(name);
                        columns.put(name, at);
                    }
                    cells[at] = value;
                });
        table.add(record, line, Arrays.copyOf(cells, columns.size()));
    }

    /** Names are made harmless at the end, when all are known. */
    private void rename() {
        ColumnNames named = ColumnNames.of(new ArrayList<>(table.names()), file);
        table.names().clear();
        table.names().addAll(named.names());
        table.addNotices(named.notices());
    }

    /** Why a line is not taken. */
    private static final class Refused extends Exception {
        private final transient Optional<String> column;
        private final transient Message reason;

        Refused(Message reason, Optional<String> column) {
            super(reason.key(), null, false, false);
            this.reason = reason;
            this.column = column;
        }
    }

    /** One line's object as a flat map of column to cell. */
    private final class LineParser {
        private final int line;
        private final Map<String, String> values = new LinkedHashMap<>();
        private JsonParser parser;

        LineParser(int line) {
            this.line = line;
        }

        Map<String, String> parse(String text) throws Refused {
            try (JsonParser opened = factory.createParser(text)) {
                parser = opened;
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    throw refused("collect.json_no_object", Optional.empty());
                }
                object("", 1);
                if (parser.nextToken() != null) {
                    throw refused("collect.json_more_than_one", Optional.empty());
                }
                return values;
            } catch (JsonProcessingException e) {
                int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
                throw new Refused(
                        Message.of(
                                "collect.json_broken",
                                "line",
                                Integer.toString(line),
                                "position",
                                Integer.toString(column)),
                        Optional.empty());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private void object(String prefix, int depth) throws IOException, Refused {
            checkDepth(depth);
            Set<String> seen = new HashSet<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = removed.clean(parser.currentName(), line);
                if (!seen.add(key)) throw refused("collect.json_double_key", Optional.of(key));
                JsonToken token = parser.nextToken();
                String name = prefix + key;
                if (token == JsonToken.START_OBJECT) {
                    object(name + ".", depth + 1);
                } else {
                    put(name, token == JsonToken.START_ARRAY ? list(depth + 1) : scalar(token));
                }
            }
        }

        private void put(String name, String value) throws Refused {
            String cell = removed.clean(value, line);
            if (tooLong(cell)) {
                throw new Refused(
                        TableBuilder.cellTooLong(Integer.toString(line), name, limits),
                        Optional.of(name));
            }
            if (values.putIfAbsent(name, cell) != null) {
                throw refused("collect.json_double_key", Optional.of(name));
            }
        }

        private boolean tooLong(String cell) {
            if (cell.length() * 3L <= limits.cellBytes()) return false;
            return cell.getBytes(StandardCharsets.UTF_8).length > limits.cellBytes();
        }

        private String scalar(JsonToken token) throws IOException {
            return token == JsonToken.VALUE_NULL ? "" : parser.getText();
        }

        /** A list as compact JSON text, with its numbers as written. */
        private String list(int depth) throws IOException, Refused {
            var out = new StringWriter();
            try (var generator = factory.createGenerator(out)) {
                int level = depth;
                checkDepth(level);
                generator.writeStartArray();
                for (int open = 1; open > 0; ) {
                    JsonToken token = parser.nextToken();
                    if (token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT) {
                        checkDepth(++level);
                        open++;
                    } else if (token == JsonToken.END_ARRAY || token == JsonToken.END_OBJECT) {
                        level--;
                        open--;
                    }
                    copy(generator, token);
                }
            }
            return out.toString();
        }

        private void copy(JsonGenerator generator, JsonToken token) throws IOException {
            if (token.isNumeric()) generator.writeNumber(parser.getText());
            else generator.copyCurrentEvent(parser);
        }

        private void checkDepth(int depth) throws Refused {
            if (depth <= DEEPEST) return;
            throw new Refused(
                    Message.of(
                            "collect.json_too_deep",
                            "line",
                            Integer.toString(line),
                            "limit",
                            DEEPEST),
                    Optional.empty());
        }

        private Refused refused(String key, Optional<String> column) {
            return new Refused(
                    Message.of(key, "line", Integer.toString(line), "column", column.orElse("")),
                    column);
        }
    }
}
