package dev.coterie.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** From a file to named segments over HTTP, and back after a restart. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunFlowTest extends AnalysedShop {
    @Test
    @Order(1)
    void theFirstRunPublishesItself() {
        JsonNode found = get("/api/v1/projects/shop-eu");
        assertEquals(run, found.path("published_run").path("id").asText());
        assertEquals("published", found.path("state").asText());
        assertEquals(CUSTOMERS, found.path("customers").asInt());
        JsonNode asked = get("/api/v1/runs/" + run);
        assertEquals("succeeded", asked.path("state").asText());
        assertEquals(3, asked.path("settings").path("segments").asInt());
        for (JsonNode stage : asked.path("stages")) {
            // Forecasts are trained when they are first asked for.
            String expected = stage.path("key").asText().equals("forecasts") ? "skipped" : "done";
            assertEquals(expected, stage.path("state").asText(), asked.toString());
        }
    }

    @Test
    @Order(2)
    void everyFactOfTheRunShowsExactlyTheRowsItCounts() {
        var facts = new TreeSet<String>();
        for (JsonNode segment : segments().path("data")) {
            String path = "/api/v1/segments/" + segment.path("id").asText();
            for (JsonNode fact : get(path + "/evidence?limit=500").path("data")) {
                facts.add(fact.path("evidence").asText());
            }
        }
        // The figures of the whole run come first in its ledger.
        for (int i = 1; i <= 4; i++) facts.add(facts.first().replaceFirst("_f\\d+$", "_f" + i));
        int opened = 0;
        for (String id : facts) {
            JsonNode fact = get("/api/v1/evidence/" + id);
            // Of a handful of people neither the number nor the rows are told.
            if (fact.path("all_rows").isNull()) {
                assertTrue(fact.path("n").has("lt"), fact.toString());
                continue;
            }
            JsonNode rows = get(fact.path("all_rows").asText() + "?limit=1000");
            int n = rows.path("data").size();
            int told = fact.path("n").has("lt") ? n : fact.path("n").asInt();
            assertEquals(told, n, fact.toString());
            assertEquals(fact.path("rows").path(0), rows.path("data").path(0).path("id"), id);
            opened++;
        }
        assertTrue(opened > 30 && opened > facts.size() / 2, opened + " of " + facts.size());
    }

    @Test
    @Order(2)
    void theNextPageIsOfTheSameQuestion() {
        String segment = segments().path("data").path(0).path("id").asText();
        String asked = "/api/v1/projects/" + project + "/customers?segment=" + segment;
        var first = server.get(asked + "&limit=2");
        String link = first.headers().firstValue("Link").orElseThrow();
        JsonNode second = get(link.substring(1, link.indexOf('>')));
        JsonNode whole = get(asked).path("data");
        assertEquals(whole.path(2), second.path("data").path(0));
        assertEquals(whole.size(), second.path("page").path("total").asInt());
        String cursor = LiveServer.json(first).path("page").path("next").asText();
        var other = server.get("/api/v1/projects/" + project + "/customers?cursor=" + cursor);
        assertEquals(410, other.statusCode(), "the cursor is of another list");
    }

    @Test
    @Order(2)
    void anEmptyPlaceInABatchIsLeftOutOrNamed() {
        String body = "{\"customers\":[{\"id\":\"1\",\"texts\":[null,{\"text\":\"late again\"}]}]}";
        var assigned = server.post("/api/v1/projects/" + project + "/customers:assign", body);
        assertEquals(200, assigned.statusCode(), assigned.body());
        assertEquals(1, LiveServer.json(assigned).path("data").size(), assigned.body());
    }

    @Test
    @Order(2)
    void segmentsAreNamedAndEveryFigureTheyCiteIsThere() {
        JsonNode list = segments();
        assertEquals(3, list.path("data").size());
        int total = 0;
        var reference = Pattern.compile("\\{\\{(f\\d+)}}");
        for (JsonNode segment : list.path("data")) {
            assertFalse(segment.path("name").asText().isBlank());
            assertEquals("builtin", segment.path("writer").asText());
            total += segment.path("size").path("count").asInt();
            for (JsonNode sentence : segment.path("description")) {
                var matcher = reference.matcher(sentence.path("text").asText());
                while (matcher.find()) {
                    assertTrue(list.path("facts").has(matcher.group(1)), sentence.toString());
                }
                assertFalse(sentence.path("rendered").asText().contains("{{"));
            }
        }
        assertEquals(CUSTOMERS, total);
        String id = list.path("data").path(0).path("id").asText();
        JsonNode one = get("/api/v1/segments/" + id);
        assertTrue(one.path("differences").size() > 0, one.toString());
        JsonNode evidence = get("/api/v1/segments/" + id + "/evidence").path("data").path(0);
        JsonNode fact = get("/api/v1/evidence/" + evidence.path("evidence").asText());
        assertEquals(evidence.path("label"), fact.path("label"));
        JsonNode rule = get("/api/v1/segments/" + id + "/rule");
        assertEquals(one.path("rule").path("text"), rule.path("text"));
        assertTrue(rule.path("sql").asText().startsWith("SELECT"), rule.toString());
        assertTrue(rule.path("json").path("all").size() > 0, rule.toString());
        assertTrue(rule.path("held_out").path("customers").asInt() > 0, rule.toString());
        JsonNode chinese =
                LiveServer.json(server.get("/api/v1/segments/" + id, "Accept-Language", "zh-CN"));
        assertTrue(
                chinese.path("name").asText().codePoints().anyMatch(c -> c > 0x4E00),
                chinese.path("name").asText());
    }

    @Test
    @Order(3)
    void aRenameIsKeptCanBeTakenBackAndIsNeverLostToAnother() {
        String id = segments().path("data").path(0).path("id").asText();
        JsonNode before = get("/api/v1/segments/" + id);
        var renamed =
                server.send(
                        "PATCH",
                        "/api/v1/segments/" + id,
                        "{\"name\":\"Regulars\"}",
                        "If-Match",
                        before.path("etag").asText());
        assertEquals(200, renamed.statusCode(), renamed.body());
        assertEquals("human", LiveServer.json(renamed).path("writer").asText());
        var lost =
                server.send(
                        "PATCH",
                        "/api/v1/segments/" + id,
                        "{\"name\":\"Others\"}",
                        "If-Match",
                        before.path("etag").asText());
        assertEquals(412, lost.statusCode());
        assertEquals("Regulars", get("/api/v1/segments/" + id).path("name").asText());
        assertEquals(
                200,
                server.post("/api/v1/projects/" + project + "/segments:undo", "").statusCode());
        assertEquals(before.path("name"), get("/api/v1/segments/" + id).path("name"));
        assertEquals(
                409,
                server.post("/api/v1/projects/" + project + "/segments:undo", "").statusCode());
    }

    @Test
    @Order(4)
    void theMapHoldsEveryCustomerInBlocks() throws Exception {
        var request = HttpRequest.newBuilder(server.uri("/api/v1/runs/" + run + "/map")).build();
        var response = server.client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(200, response.statusCode());
        var buffer = ByteBuffer.wrap(response.body()).order(ByteOrder.LITTLE_ENDIAN);
        int length = buffer.getInt();
        assertEquals(0, (4 + length) % 8);
        byte[] header = new byte[length];
        buffer.get(header);
        JsonNode parsed = new ObjectMapper().readTree(new String(header, StandardCharsets.UTF_8));
        assertEquals(CUSTOMERS, parsed.path("n").asInt());
        assertEquals(3, parsed.path("segments").size());
        assertEquals(CUSTOMERS * 6, buffer.remaining());
        int[] counts = new int[4];
        for (int i = 0; i < CUSTOMERS; i++) {
            counts[response.body()[4 + length + CUSTOMERS * 4 + i]]++;
        }
        for (JsonNode segment : parsed.path("segments")) {
            assertEquals(segment.path("count").asInt(), counts[segment.path("number").asInt()]);
        }
        JsonNode point = get("/api/v1/runs/" + run + "/map/points/5");
        int x = Short.toUnsignedInt(buffer.getShort(4 + length + 5 * 2));
        assertEquals(x, point.path("x").asInt());
        var again =
                HttpRequest.newBuilder(server.uri("/api/v1/runs/" + run + "/map"))
                        .header("If-None-Match", response.headers().firstValue("ETag").orElse(""))
                        .build();
        assertEquals(
                304, server.client.send(again, HttpResponse.BodyHandlers.ofString()).statusCode());
    }

    @Test
    @Order(5)
    void anAssignmentNamesWhatDrawsACustomerToItsSegment() {
        var answer =
                LiveServer.json(
                        server.post(
                                "/api/v1/projects/" + project + "/customers:assign",
                                "{\"customers\":[{\"id\":\"00011\"},{\"id\":\"00012\"},"
                                        + "{\"id\":\"00013\"}],\"explain\":true}"));
        int reasons = 0;
        for (JsonNode assigned : answer.path("data")) {
            double before = 1;
            for (JsonNode reason : assigned.path("reasons")) {
                double effect = reason.path("effect").asDouble();
                assertTrue(effect > 0 && effect <= before, answer.toString());
                before = effect;
                reasons++;
            }
        }
        assertTrue(reasons > 0, answer.toString());
    }

    @Test
    @Order(5)
    void aCustomerIsFoundByTheFilesIdAndAssignedAsItWasInTheRun() {
        JsonNode customer = get("/api/v1/projects/" + project + "/customers/00017");
        assertEquals("00017", customer.path("source_id").asText());
        assertTrue(customer.path("id").asText().startsWith("cus_"));
        assertEquals(1, customer.path("texts").size());
        String assign = "/api/v1/projects/" + project + "/customers:assign";
        var known =
                LiveServer.json(
                        server.post(
                                assign, "{\"customers\":[{\"id\":\"00017\"},{\"id\":\"none\"}]}"));
        assertEquals(
                customer.path("segment").path("id"),
                known.path("data").path(0).path("segment").path("id"));
        assertEquals(1, known.path("failed").path(0).path("index").asInt());
        String text = customer.path("texts").path(0).path("text").asText();
        var profile = new StringBuilder();
        for (JsonNode field : customer.path("profile")) {
            if (profile.length() > 0) profile.append(',');
            profile.append('"').append(field.path("column").asText()).append("\":");
            profile.append(field.path("value"));
        }
        var described =
                LiveServer.json(
                        server.post(
                                assign,
                                "{\"customers\":[{\"id\":\"new\",\"profile\":{"
                                        + profile
                                        + ",\"shoe_size\":44},\"texts\":[{\"text\":\""
                                        + text
                                        + "\"}]}],\"explain\":true}"));
        JsonNode answer = described.path("data").path(0);
        assertEquals(
                customer.path("segment").path("id"),
                answer.path("segment").path("id"),
                described.toString());
        assertEquals(
                customer.path("confidence").asDouble(),
                answer.path("confidence").asDouble(),
                1e-6,
                "the same way as in the run");
        assertEquals("shoe_size", answer.path("warnings").path(0).path("field").asText());
        JsonNode place = known.path("data").path(0).path("map");
        assertTrue(place.path("x").isInt() && place.path("y").isInt(), known.toString());
        assertEquals(place.path("x").asInt(), answer.path("map").path("x").asInt(), 2, "its twin");
        assertEquals(place.path("y").asInt(), answer.path("map").path("y").asInt(), 2, "its twin");
        String alike = "/api/v1/projects/" + project + "/customers/00017/similar?limit=3";
        JsonNode similar = get(alike);
        assertEquals(3, similar.path("data").size());
        assertEquals(0, get(alike + "&explain=false").at("/data/0/because").size());
        assertEquals(400, server.get(alike + "&within=project").statusCode());
        var none = server.post(assign, "{\"customers\":[{\"id\":\"00017\"}],\"top\":0}");
        assertEquals(400, none.statusCode(), none.body());
        assertTrue(none.body().contains("/top"), none.body());
    }

    @Test
    @Order(6)
    void fusedVectorsAndForecastsAreAnswered() {
        var embedded =
                LiveServer.json(
                        server.post(
                                "/api/v1/projects/" + project + "/customers:embed",
                                "{\"customers\":[{\"id\":\"x\",\"profile\":{\"age\":30}}]}"));
        JsonNode vector = embedded.path("data").path(0).path("vector");
        assertEquals(embedded.path("dims").asInt(), vector.size());
        var predicted =
                server.post(
                        "/api/v1/projects/" + project + "/customers:predict",
                        "{\"target\":\"churned\",\"customers\":[{\"id\":\"00001\"},"
                                + "{\"id\":\"n\",\"profile\":{\"age\":60,\"country\":\"ES\"}}]}");
        assertEquals(200, predicted.statusCode(), predicted.body());
        JsonNode first = LiveServer.json(predicted).path("data").path(0);
        double probability = first.path("probability").asDouble();
        assertTrue(probability > 0 && probability < 1, predicted.body());
    }

    @Test
    @Order(7)
    void eventsResumeAfterTheLastOneSeen() {
        String all = server.get("/api/v1/jobs/" + job + "/events").body();
        assertTrue(all.startsWith("retry: 2000"), all);
        assertTrue(all.contains("event: job.stage"), all);
        assertTrue(all.strip().lines().anyMatch("event: job.end"::equals), all);
        long last = all.lines().filter(l -> l.startsWith("id: ")).count();
        String rest =
                server.get(
                                "/api/v1/jobs/" + job + "/events",
                                "Last-Event-ID",
                                Long.toString(last - 2))
                        .body();
        assertEquals(2, rest.lines().filter(l -> l.startsWith("id: ")).count(), rest);
        String none = server.get("/api/v1/jobs/" + job + "/events?after=" + last).body();
        assertEquals(0, none.lines().filter(l -> l.startsWith("id: ")).count());
    }

    @Test
    @Order(8)
    void embeddingsAreTheSameAsFloatsAndAsBase64() throws IOException {
        String body = "{\"model\":\"text-default\",\"input\":[\"late again\",\"soft fabric\"]";
        JsonNode floats =
                LiveServer.json(server.post("/v1/embeddings", body + "}"))
                        .path("data")
                        .path(1)
                        .path("embedding");
        JsonNode packed =
                LiveServer.json(
                        server.post("/v1/embeddings", body + ",\"encoding_format\":\"base64\"}"));
        var bytes =
                ByteBuffer.wrap(
                                Base64.getDecoder()
                                        .decode(
                                                packed.path("data")
                                                        .path(1)
                                                        .path("embedding")
                                                        .asText()))
                        .order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(floats.size() * 4, bytes.remaining());
        for (JsonNode value : floats) assertEquals(value.asDouble(), bytes.getFloat(), 1e-6);
        assertTrue(packed.path("usage").path("prompt_tokens").asInt() > 0);
        JsonNode tokens = LiveServer.json(server.post("/v1/embeddings", "{\"input\":[[1,2,3]]}"));
        assertEquals("token_input_not_supported", tokens.path("error").path("code").asText());
        assertTrue(
                tokens.path("error")
                        .path("message")
                        .asText()
                        .contains("check_embedding_ctx_length"));
        var dimensions = server.post("/v1/embeddings", "{\"input\":\"a\",\"dimensions\":12}");
        assertEquals(400, dimensions.statusCode());
        assertEquals(
                "dimensions", LiveServer.json(dimensions).path("error").path("param").asText());
    }

    @Test
    @Order(9)
    void aRestartFindsTheSameRunWithTheSameIds() {
        JsonNode before = segments();
        String customer = get("/api/v1/projects/shop-eu/customers/00004").path("id").asText();
        server.close();
        server = new LiveServer(folder.resolve("data"), Map.of());
        JsonNode after = segments();
        assertEquals(before, after);
        assertEquals(customer, get("/api/v1/projects/shop-eu/customers/00004").path("id").asText());
        assertArrayEquals(new int[] {3}, new int[] {after.path("data").size()});
    }
}
