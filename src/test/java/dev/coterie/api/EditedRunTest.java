package dev.coterie.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Files, links and briefs of a run whose segments people edited, over HTTP. */
class EditedRunTest extends EditedShop {
    private JsonNode ask(String question) {
        JsonNode chat = json(server.post("/api/v1/projects/" + project + "/chats", "{}"));
        String path = "/api/v1/chats/" + chat.path("id").asText() + "/messages";
        return json(server.post(path, "{\"text\":\"" + question + "\"}"));
    }

    @Nested
    class Names {
        @Test
        void chatAndToolsSpeakOfSegmentsAsPeopleNamedThemInEveryLanguage() {
            String second = "/api/v1/segments/" + id(2);
            String name = "Bargain hunters";
            json(patch(second, "{\"name\":\"" + name + "\"}"));
            for (String question :
                    List.of("Who are the Bargain hunters?", "Bargain hunters 有什么特点？")) {
                JsonNode answer = ask(question);
                String told = answer.path("rendered").asText();
                assertEquals("seg_2", answer.at("/calls/0/request/body/segment").asText(), told);
                assertTrue(told.contains(name), told);
                assertTrue(listed(question.startsWith("Who") ? "en" : "zh-CN").contains(name));
            }
            json(patch(second, "{\"name\":\"Late risers\"}"));
            assertTrue(ask("Who are the late risers?").toString().contains("Late risers"));
            assertFalse(listed("zh-CN").contains(name));
            json(undo());
            assertTrue(listed("en").contains(name), "the name before the last one stands again");
        }

        private String listed(String language) {
            String path = "/api/v1/runs/" + run + "/tools/list_segments";
            return json(server.post(path, "{}", "Accept-Language", language))
                    .path("table")
                    .toString();
        }
    }

    @Nested
    class LinksAndFiles {
        @Test
        void aToolLinksToTheCustomerOnTheMap() {
            JsonNode third = get("/api/v1/projects/" + project + "/customers").at("/data/3");
            JsonNode found = tool("get_customer", third.path("source_id"));
            String view = found.path("view").asText();
            String id = view.substring(view.indexOf("map?customer=") + "map?customer=".length());
            JsonNode customer = get("/api/v1/projects/" + project + "/customers/" + id);
            assertEquals(id, customer.path("id").asText());
            assertTrue(customer.at("/point/x").isInt(), customer.toString());
        }

        @Test
        void aToolAndAQuestionTakeTheIdThatTheApiGivesACustomer() {
            JsonNode third = get("/api/v1/projects/" + project + "/customers").at("/data/3");
            JsonNode found = tool("get_customer", third.path("id"));
            assertEquals(
                    tool("get_customer", third.path("source_id")).path("table"),
                    found.path("table"));
            JsonNode answer =
                    ask("Which customers are similar to " + third.path("id").asText() + "?");
            JsonNode call = answer.at("/calls/0");
            assertEquals("similar", call.path("tool").asText(), answer.toString());
            assertEquals(third.path("id"), call.at("/args/customer"));
            JsonNode request = call.path("request");
            assertEquals(third.path("id"), request.at("/body/customer"));
            JsonNode again =
                    json(
                            server.post(
                                    request.path("path").asText(),
                                    request.path("body").toString()));
            assertEquals(call.path("table"), again.path("table"));
            assertEquals(call.path("view"), again.path("view"));
        }

        private JsonNode tool(String tool, JsonNode customer) {
            String path = "/api/v1/runs/" + run + "/tools/" + tool;
            return json(server.post(path, "{\"customer\":" + customer + "}"));
        }

        @Test
        void theArchiveHoldsEveryFileWithTheNamesAndBriefsOfPeople() throws IOException {
            String first = id(1);
            String name = "Ours by name";
            json(patch("/api/v1/segments/" + first, "{\"name\":\"" + name + "\"}"));
            JsonNode brief = brief(first);
            String own = "A lantern walk for neighbours.";
            json(
                    patch(
                            "/api/v1/briefs/" + brief.path("id").asText(),
                            "{\"added\":[{\"section\":\"offer\",\"text\":\"" + own + "\"}]}"));
            Map<String, String> files = unzipped("/api/v1/runs/" + run + "/export");
            var expected =
                    new ArrayList<>(List.of("assignments.csv", "segments.json", "report.html"));
            for (int n = 1; n <= 5; n++) expected.add("briefs/segment-" + n + ".md");
            assertEquals(expected, List.copyOf(files.keySet()));
            List<String> rows = files.get("assignments.csv").lines().toList();
            assertEquals("customer_id,segment,confidence,outlier", rows.get(0));
            assertEquals(CUSTOMERS, rows.size() - 1);
            long members = rows.stream().filter(r -> r.split(",")[1].equals("1")).count();
            JsonNode json = new ObjectMapper().readTree(files.get("segments.json"));
            assertEquals(name, json.at("/segments/0/name").asText());
            assertEquals(members, json.at("/segments/0/size").asLong());
            sameWords(json.at("/segments/0"), get("/api/v1/segments/" + first));
            assertTrue(files.get("report.html").contains(name));
            assertTrue(files.get("briefs/segment-1.md").contains(own));
            assertFalse(files.get("briefs/segment-2.md").contains(own));
        }

        /** The file calls differences, value and rule what the API calls them. */
        private void sameWords(JsonNode file, JsonNode api) {
            for (String part : List.of("/differences/0", "/value", "/rule")) {
                if (api.at(part).isNull() && file.at(part).isNull()) continue;
                var known = new ArrayList<String>();
                api.at(part).fieldNames().forEachRemaining(known::add);
                // What the API gives of a rule on its own page.
                if (part.equals("/rule"))
                    known.addAll(List.of("held_out", "learned_on", "method", "json", "sql"));
                var names = new ArrayList<String>();
                file.at(part).fieldNames().forEachRemaining(names::add);
                assertFalse(names.isEmpty(), part);
                assertTrue(known.containsAll(names), part + " " + names + " of " + known);
            }
            JsonNode d = file.at("/differences/0");
            assertEquals(api.at("/differences/0/feature"), d.path("feature"));
            assertEquals(2, d.path("ci").size());
        }

        private Map<String, String> unzipped(String path) throws IOException {
            var request = HttpRequest.newBuilder(server.uri(path)).build();
            var files = new LinkedHashMap<String, String>();
            try {
                var got = server.client.send(request, HttpResponse.BodyHandlers.ofByteArray());
                assertEquals(200, got.statusCode());
                try (var zip = new ZipInputStream(new ByteArrayInputStream(got.body()))) {
                    for (var e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                        files.put(e.getName(), new String(zip.readAllBytes(), UTF_8));
                    }
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return files;
        }
    }

    @Nested
    class Briefs {
        @Test
        void aBriefSaysThatAMergeOutdatedItAndIsRenewedWithWhatPeopleWrote() {
            String first = id(1);
            String second = id(2);
            JsonNode brief = brief(second);
            String path = "/api/v1/briefs/" + brief.path("id").asText();
            assertFalse(brief.path("stale").asBoolean());
            JsonNode offer = brief.at("/sections/5/items/0");
            String own = "A garden day for regulars.";
            JsonNode edited =
                    json(
                            patch(
                                    path,
                                    "{\"items\":[{\"id\":\"%s\",\"text\":\"%s\"}],\"sections\":[{\"key\":\"messages\",\"locked\":true}]}"
                                            .formatted(offer.path("id").asText(), own),
                                    "If-Match",
                                    brief.path("etag").asText()));
            assertEquals(2, edited.path("version").asInt());
            assertEquals("human", edited.at("/sections/5/items/0/source").asText());
            assertEquals(
                    412, patch(path, "{}", "If-Match", brief.path("etag").asText()).statusCode());

            json(merge(named(first, second)));
            JsonNode stale = get(path);
            assertTrue(stale.path("stale").asBoolean());
            assertEquals("merged", stale.at("/standing/reasons/0").asText());
            long members = segments().at("/data/0/size/count").asLong();
            boolean told = false;
            for (JsonNode change : stale.at("/standing/changes")) {
                told |= change.path("now").asText().equals(Long.toString(members));
            }
            assertTrue(told, stale.path("standing").toString());
            assertEquals(409, server.post(path + ":regenerate", "{}").statusCode());

            JsonNode renewed = json(server.post(path + ":renew", "{}", "Prefer", "wait=20"));
            assertFalse(renewed.path("stale").asBoolean());
            assertEquals(first, renewed.path("segment").asText());
            assertEquals(
                    brief.at("/sections/6/items/0/text").asText().replaceAll("f\\d+", ""),
                    renewed.at("/sections/6/items/0/text").asText().replaceAll("f\\d+", ""));
            assertTrue(renewed.at("/sections/6/locked").asBoolean());
            assertTrue(renewed.path("sections").path(5).toString().contains(own));
            assertTrue(renewed.at("/sections/1/items/0/rendered").asText().contains("" + members));

            json(server.post(path + ":undo", "{}"));
            assertEquals(second, get(path).path("segment").asText());
            json(undo());
            assertFalse(get(path).path("stale").asBoolean());
        }

        @Test
        void aBriefSaysThatANewerRunOutdatedItAndIsRenewedWithWhatPeopleWrote() {
            String cut =
                    finished(
                            server.post(
                                    "/api/v1/projects/" + project + "/runs",
                                    "{\"from\":\"" + run + "\",\"segments\":3}"));
            JsonNode grown = grown(cut);
            long members = grown.at("/size/count").asLong();
            JsonNode brief = brief(grown.path("id").asText());
            String path = "/api/v1/briefs/" + brief.path("id").asText();
            JsonNode size = brief.at("/sections/1/items/0");
            String words =
                    "{\"items\":[{\"id\":\"%s\",\"text\":\"Ours alone: %s\"}],\"sections\":[{\"key\":\"messages\",\"locked\":true}]}"
                            .formatted(size.path("id").asText(), size.path("rendered").asText());
            JsonNode edited = json(patch(path, words));
            assertFalse(edited.path("stale").asBoolean(), "it is not published yet");
            json(server.post("/api/v1/runs/" + cut + ":publish", "{}"));
            try {
                JsonNode stale = json(server.get(path, "Accept-Language", "zh-CN"));
                assertEquals(run, stale.path("run").asText());
                assertEquals("run", stale.at("/standing/reasons/0").asText());
                assertTrue(stale.at("/standing/renewable").asBoolean());
                JsonNode change = stale.at("/standing/changes/0");
                assertEquals("客户数", change.path("label").asText(), "in the reader's language");
                assertEquals(members, change.at("/current/value").asLong());
                String proof = change.at("/current/evidence").asText();
                assertEquals(members, get("/api/v1/evidence/" + proof).path("value").asLong());

                JsonNode renewed = json(server.post(path + ":renew", "{}", "Prefer", "wait=20"));
                assertEquals(cut, renewed.path("run").asText());
                assertFalse(renewed.path("stale").asBoolean());
                String now = renewed.at("/sections/1/items/0/rendered").asText();
                assertTrue(now.startsWith("Ours alone: " + members), now);
                assertTrue(renewed.at("/sections/6/locked").asBoolean());

                JsonNode undone = json(server.post(path + ":undo", "{}"));
                assertTrue(undone.path("stale").asBoolean());
                assertEquals(edited.path("sections"), undone.path("sections"));
            } finally {
                json(server.post("/api/v1/runs/" + run + ":publish", "{}"));
            }
            assertFalse(get(path).path("stale").asBoolean());
            assertEquals(204, server.send("DELETE", "/api/v1/runs/" + cut, "").statusCode());
        }

        /** A segment of both runs that has more customers in the other one. */
        private JsonNode grown(String other) {
            for (JsonNode now :
                    get("/api/v1/projects/" + project + "/segments?run=" + other).path("data")) {
                for (JsonNode before : segments().path("data")) {
                    boolean same = before.path("id").equals(now.path("id"));
                    if (same && !before.path("size").equals(now.path("size"))) return now;
                }
            }
            throw new AssertionError("no segment grew");
        }

        @Test
        void theCheckOfABriefSaysWhatIsWrongWithWhichStatement() {
            JsonNode brief = cleanBrief();
            String path = "/api/v1/briefs/" + brief.path("id").asText();
            assertEquals("checked", get(path).path("stage").asText());
            String size = brief.at("/sections/1/items/0/id").asText();
            String wrong =
                    "{\"items\":[{\"id\":\""
                            + size
                            + "\",\"text\":\"They are 77777 customers.\"}]}";
            assertEquals("draft", json(patch(path, wrong)).path("stage").asText());
            JsonNode found = json(server.post(path + ":check", "{}")).path("findings");
            assertEquals(1, found.size(), found.toString());
            assertEquals(size, found.at("/0/item").asText());
            assertEquals("number", found.at("/0/kind").asText());
            JsonNode text = json(server.post(path + ":check", "{\"text\":\"77777 came.\"}"));
            assertEquals("number", text.at("/findings/0/kind").asText());
            assertEquals(
                    404, patch(path, "{\"items\":[{\"id\":\"x\",\"text\":\"y\"}]}").statusCode());
            assertEquals(
                    422,
                    patch(path, "{\"items\":[{\"id\":\"" + size + "\",\"text\":\" \"}]}")
                            .statusCode());
        }

        /** One without the statements that rest on few rows or on the customers' age. */
        private JsonNode cleanBrief() {
            String path = "/api/v1/briefs/" + brief(id(1)).path("id").asText();
            for (int round = 0; round < 5; round++) {
                JsonNode findings = json(server.post(path + ":check", "{}")).path("findings");
                Set<String> flagged = new LinkedHashSet<>();
                for (JsonNode f : findings) {
                    String kind = f.path("kind").asText();
                    assertTrue(Set.of("sensitive", "few").contains(kind), f.toString());
                    flagged.add(
                            "{\"id\":\"%s\",\"removed\":true}"
                                    .formatted(f.path("item").asText().replace("\"", "\\\"")));
                }
                if (flagged.isEmpty()) return get(path);
                json(patch(path, "{\"items\":[" + String.join(",", flagged) + "]}"));
            }
            throw new AssertionError("the check never ends clean");
        }
    }
}
