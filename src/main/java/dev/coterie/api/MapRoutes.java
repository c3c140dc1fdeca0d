package dev.coterie.api;

import dev.coterie.run.FinishedRun;
import dev.coterie.run.SegmentEntry;
import dev.coterie.segment.Segmentation;
import dev.coterie.words.PersonalData;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The map as binary blocks, and the customer behind one of its points. */
final class MapRoutes {
    private static final int BLOCK = 20_000;
    private static final int BYTES_A_POINT = 6;
    private static final int BORDERLINE_PERCENT = 60;
    private static final int EXCERPT = 200;

    private final Readers readers;
    private final Counts counts;

    MapRoutes(Readers readers, Counts counts) {
        this.readers = readers;
        this.counts = counts;
    }

    void add(RoutesConfig routes) {
        routes.get("/api/v1/runs/{r}/map", this::map);
        routes.get("/api/v1/runs/{r}/map/points/{i}", this::point);
    }

    private void map(Context ctx) {
        Reader reader = readers.ofRun(ctx, ctx.pathParam("r"));
        String etag = etag(reader);
        ctx.header("ETag", etag).header("Cache-Control", "private, no-cache");
        if (etag.equals(ctx.header("If-None-Match"))) {
            ctx.status(304);
            return;
        }
        byte[] bytes = bytes(reader);
        ctx.contentType("application/octet-stream");
        String accepted = Optional.ofNullable(ctx.header("Accept-Encoding")).orElse("");
        if (accepted.contains("gzip")) {
            ctx.header("Content-Encoding", "gzip").header("Vary", "Accept-Encoding");
            bytes = Gzip.pack(bytes);
        }
        ctx.disableCompression().result(bytes);
    }

    /** The points never move; segments and names do, and every change raises a version. */
    private static String etag(Reader reader) {
        int versions = 1;
        for (SegmentEntry entry : reader.entries()) {
            versions = 31 * versions + entry.id().hashCode() + entry.etag().hashCode();
        }
        return "\"%s-%08x-%s\""
                .formatted(reader.finished().run().id(), versions, reader.language().tag());
    }

    private byte[] bytes(Reader reader) {
        FinishedRun finished = reader.finished();
        byte[] header = header(reader);
        int n = finished.customers();
        var buffer =
                ByteBuffer.allocate(4 + header.length + n * BYTES_A_POINT)
                        .order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(header.length).put(header);
        int[] order = finished.mapOrder();
        Segmentation segmentation = finished.analysis().segmentation();
        boolean[] hasText = hasText(finished);
        for (int start = 0; start < n; start += BLOCK) {
            int end = Math.min(n, start + BLOCK);
            for (int i = start; i < end; i++) {
                buffer.putShort((short) segmentation.map().x()[order[i]]);
            }
            for (int i = start; i < end; i++) {
                buffer.putShort((short) segmentation.map().y()[order[i]]);
            }
            for (int i = start; i < end; i++) {
                buffer.put((byte) (segmentation.labels()[order[i]] + 1));
            }
            for (int i = start; i < end; i++) {
                boolean placed = finished.placed().containsKey(order[i]);
                buffer.put(flags(segmentation, order[i], hasText[order[i]], placed));
            }
        }
        return buffer.array();
    }

    private static byte flags(Segmentation segmentation, int row, boolean hasText, boolean placed) {
        boolean borderline = segmentation.confidence()[row] * 100 < BORDERLINE_PERCENT;
        int outlier = segmentation.outlier()[row] ? 4 : 0;
        return (byte) ((hasText ? 1 : 0) | (borderline ? 2 : 0) | outlier | (placed ? 8 : 0));
    }

    private static boolean[] hasText(FinishedRun finished) {
        boolean[] has = new boolean[finished.customers()];
        finished.analysis().customers().texts().forEach(text -> has[text.customer()] = true);
        return has;
    }

    /** Padded with spaces, so that the first block starts at a multiple of 8. */
    private byte[] header(Reader reader) {
        FinishedRun finished = reader.finished();
        Segmentation segmentation = finished.analysis().segmentation();
        var segments = new ArrayList<Map<String, Object>>();
        var labels = new ArrayList<Map<String, Object>>();
        for (int number = 1; number <= segmentation.k(); number++) {
            int[] members = segmentation.members(number - 1);
            Map<String, Object> segment = reader.brief(number);
            segment.put("count", counts.of(members.length));
            segments.add(segment);
            labels.add(
                    Body.of(
                            "number",
                            number,
                            "x",
                            median(segmentation.map().x(), members),
                            "y",
                            median(segmentation.map().y(), members)));
        }
        String json =
                Body.json(
                        Body.of(
                                "version",
                                1,
                                "run",
                                finished.run().id(),
                                "n",
                                finished.customers(),
                                "block",
                                BLOCK,
                                "bounds",
                                List.of(0, 0, 65535, 65535),
                                "segments",
                                segments,
                                "labels",
                                labels));
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        int padded = (4 + bytes.length + 7) / 8 * 8 - 4;
        byte[] header = Arrays.copyOf(bytes, padded);
        Arrays.fill(header, bytes.length, padded, (byte) ' ');
        return header;
    }

    private static int median(int[] values, int[] rows) {
        int[] sorted = Arrays.stream(rows).map(row -> values[row]).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    private void point(Context ctx) {
        Reader reader = readers.ofRun(ctx, ctx.pathParam("r"));
        FinishedRun finished = reader.finished();
        String asked = ctx.pathParam("i");
        boolean known = asked.matches("\\d{1,9}") && Integer.parseInt(asked) < finished.customers();
        if (!known) throw Call.wrong("/points/" + asked);
        int index = Integer.parseInt(asked);
        int row = finished.customerAt(index);
        Segmentation segmentation = finished.analysis().segmentation();
        Optional<String> text =
                finished.analysis().customers().texts().stream()
                        .filter(t -> t.customer() == row)
                        .findFirst()
                        .map(t -> excerpt(PersonalData.mask(t.text())));
        Call.answer(
                ctx,
                200,
                Body.of(
                        "run",
                        finished.run().id(),
                        "index",
                        index,
                        "id",
                        finished.customerId(row),
                        "source_id",
                        finished.sourceId(row),
                        "segment",
                        reader.brief(reader.segmentOf(row)),
                        "confidence",
                        segmentation.confidence()[row],
                        "outlier",
                        segmentation.outlier()[row],
                        "x",
                        segmentation.map().x()[row],
                        "y",
                        segmentation.map().y()[row],
                        "text",
                        text));
    }

    private static String excerpt(String text) {
        if (text.codePointCount(0, text.length()) <= EXCERPT) return text;
        return text.substring(0, text.offsetByCodePoints(0, EXCERPT)) + "…";
    }
}
