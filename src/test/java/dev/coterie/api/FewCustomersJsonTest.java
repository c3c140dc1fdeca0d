package dev.coterie.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the JSON of a run gives to somebody who wants the size of a segment that is too small. */
class FewCustomersJsonTest {
    private static final int SMALL = 40;

    @TempDir Path folder;

    @Test
    void noFigureOfASmallSegmentGivesItsSizeAway() {
        try (var server =
                new LiveServer(
                        folder.resolve("data"),
                        Map.of("COTERIE_PRIVACY_SMALL_COUNT", "" + SMALL))) {
            String project =
                    "/api/v1/projects/"
                            + json(server.post("/api/v1/projects", "{\"name\":\"Shop\"}"), "id");
            var upload =
                    new Multipart()
                            .file("customers.csv", ShopCsv.customers(60, 7))
                            .request(server.uri(project + "/datasets"));
            server.send(upload.build());
            server.finished(server.post(project + "/runs", "{\"segments\":3}"));
            JsonNode list = LiveServer.json(server.get(project + "/segments")).path("data");
            assertEquals(3, list.size(), list.toString());
            for (JsonNode entry : list) {
                String address = "/api/v1/segments/" + entry.path("id").asText();
                JsonNode segment = LiveServer.json(server.get(address));
                assertEquals(SMALL, segment.path("size").path("count").path("lt").asInt(), address);
                attack(segment, 60);
            }
        }
    }

    private static String json(java.net.http.HttpResponse<String> answer, String field) {
        return LiveServer.json(answer).path(field).asText();
    }

    /** Sizes that a share, or the fraction of a mean, would make whole. */
    private static void attack(JsonNode segment, int all) {
        JsonNode size = segment.path("size");
        assertTrue(size.path("share").isNull() && segment.path("value").isNull(), size.toString());
        List<String> given = new ArrayList<>();
        var seen = new TreeSet<String>();
        for (JsonNode fact : segment.path("facts")) {
            seen.add(fact.path("unit").asText());
            boolean ofSegment = fact.path("n").path("lt").asInt() == SMALL;
            boolean share = fact.path("unit").asText().equals("share");
            boolean few = share && fact.path("value").asDouble() * all < SMALL;
            boolean stability = fact.path("formula").asText().contains("resampled");
            if ((ofSegment || few) && !stability && !fact.path("value").isNull()) {
                boolean count = fact.path("unit").asText().equals("count");
                boolean nobody = fact.path("value").asDouble() == 0 && (count || !ofSegment);
                if (!nobody) given.add(fact.toString());
            }
        }
        assertTrue(seen.contains("share"), seen.toString());
        assertEquals(List.of(), given);
        assertFalse(segment.path("differences").isEmpty());
        for (JsonNode d : segment.path("differences")) {
            assertTrue(d.path("segment_value").isNull() && d.path("ci").isNull(), d.toString());
            assertTrue(d.path("lift").isNull() && d.path("effect").isNull(), d.toString());
        }
    }
}
