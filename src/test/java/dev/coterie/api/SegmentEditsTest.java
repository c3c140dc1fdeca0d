package dev.coterie.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Merge, split, placed customers and undo over HTTP, with restarts in between. */
class SegmentEditsTest extends EditedShop {
    @Nested
    class Merging {
        @Test
        void isSeenBeforeItIsDone() {
            JsonNode before = segments();
            JsonNode seen = json(merge(named(id(2), id(4)) + ",\"dry_run\":true"));
            assertTrue(seen.path("dry_run").asBoolean());
            assertEquals(4, seen.path("segments").asInt());
            JsonNode changed = seen.path("changed");
            assertEquals(1, changed.size());
            assertEquals(2, changed.path(0).path("from").size());
            assertEquals(before, segments(), "a preview changes nothing");
            JsonNode done = json(merge(named(id(2), id(4))));
            assertFalse(done.path("dry_run").asBoolean());
            for (String language : List.of("en", "zh-CN")) {
                JsonNode check =
                        json(server.get("/api/v1/segments/" + id(2), "Accept-Language", language))
                                .path("blind_check");
                assertFalse(check.path("checked").asBoolean(true), check.toString());
                String reason = check.path("reason").asText();
                assertTrue(reason.contains("500") || reason.contains("5"), reason);
                assertEquals(language.equals("en"), reason.startsWith("Not checked"), reason);
            }
            assertEquals(changed.path(0).path("name"), done.path("changed").path(0).path("name"));
            assertEquals(changed.path(0).path("size"), done.path("changed").path(0).path("size"));
        }

        @Test
        void keepsTheOthersAsTheyAreAndIsTakenBackExactly() throws Exception {
            JsonNode before = segments();
            List<Integer> labels = labels();
            JsonNode done = json(merge(named(id(4), id(2))));
            assertEquals(5, done.path("renumbered").path(0).path("was_number").asInt());
            assertEquals(4, done.path("renumbered").path(0).path("number").asInt());
            JsonNode after = segments();
            assertEquals(4, after.path("data").size());
            everythingAgrees();
            String history = "/api/v1/projects/" + project + "/history";
            JsonNode said = json(server.get(history, "Accept-Language", "zh-CN"));
            String merge = said.at("/data/0/text").asText();
            assertEquals("客群 2、4 合并为客群 2", merge);
            String merged = after.path("data").path(1).path("name").asText();
            for (JsonNode choice : get("/api/v1/runs/" + run + "/choices").path("data")) {
                String step = choice.path("step").path("text").asText();
                if (step.startsWith("joins") && step.contains("2 “" + merged))
                    assertTrue(step.contains("part of segment 2 “" + merged), step);
            }
            for (int[] pair : new int[][] {{1, 1}, {3, 3}, {5, 4}}) {
                JsonNode was = before.path("data").path(pair[0] - 1);
                JsonNode now = after.path("data").path(pair[1] - 1);
                for (String kept : List.of("id", "name", "who", "size", "description", "words")) {
                    assertEquals(was.path(kept), now.path(kept), kept);
                }
            }
            assertEquals(
                    before.path("data").path(1).path("id"), after.path("data").path(1).path("id"));
            String gone = before.path("data").path(3).path("id").asText();
            var missing = server.get("/api/v1/segments/" + gone);
            assertEquals(404, missing.statusCode());
            assertEquals("segment_gone", LiveServer.json(missing).path("code").asText());
            restart();
            assertEquals(after, segments(), "kept over a restart");
            everythingAgrees();
            assertEquals(200, undo().statusCode());
            assertEquals(labels, labels());
            sameButForEtags(before, segments());
            restart();
            sameButForEtags(before, segments());
            everythingAgrees();
        }

        @Test
        void refusesWhatItCannotMerge() {
            assertEquals(422, merge(named(id(1))).statusCode());
            assertEquals(422, merge(named(id(1), id(1))).statusCode());
            assertEquals(422, merge("").statusCode());
            assertEquals(404, merge(named(id(1), "seg_none")).statusCode());
            assertEquals(400, merge("\"segment\":[]").statusCode());
            String first = get("/api/v1/segments/" + id(1)).path("etag").asText();
            String second = get("/api/v1/segments/" + id(2)).path("etag").asText();
            server.send("PATCH", "/api/v1/segments/" + id(2), "{\"notes\":\"seen\"}");
            var lost = merge(named(id(1), id(2)), "If-Match", first + ", " + second);
            assertEquals(412, lost.statusCode());
            assertEquals(5, segments().path("data").size());
            String now = get("/api/v1/segments/" + id(2)).path("etag").asText();
            assertEquals(
                    200, merge(named(id(1), id(2)), "If-Match", first + ", " + now).statusCode());
        }

        @Test
        void ofAllLeavesOneSegment() throws Exception {
            json(merge(named(id(1), id(2), id(3), id(4), id(5))));
            assertEquals(1, segments().path("data").size());
            everythingAgrees();
        }
    }

    /** Undo raises versions, so only the tags may differ. */
    private static void sameButForEtags(JsonNode before, JsonNode after) {
        var tag = Pattern.compile("\"etag\":\"[^,]*\",?");
        assertEquals(
                tag.matcher(before.toString()).replaceAll(""),
                tag.matcher(after.toString()).replaceAll(""));
    }

    @Nested
    class Splitting {
        @Test
        void keepsTheNumberForTheLargerPartAndGivesTheOtherTheNextOne() throws Exception {
            String third = id(3);
            List<Integer> labels = labels();
            JsonNode seen = json(split(third, "\"dry_run\":true"));
            assertTrue(
                    seen.path("changed").path(1).path("id").isNull(), "no id before it is there");
            JsonNode done = json(split(third, ""));
            assertEquals(6, done.path("segments").asInt());
            assertEquals(3, done.path("changed").path(0).path("number").asInt());
            assertEquals(6, done.path("changed").path(1).path("number").asInt());
            assertEquals(0, done.path("renumbered").size());
            everythingAgrees();
            List<Integer> now = labels();
            for (int i = 0; i < CUSTOMERS; i++) {
                if (labels.get(i) == 3) assertTrue(now.get(i) == 3 || now.get(i) == 6);
                else assertEquals(labels.get(i), now.get(i));
            }
            assertTrue(counted(now, 3) >= counted(now, 6));
            restart();
            everythingAgrees();
            json(merge(named(id(3), id(6))));
            assertEquals(labels, labels(), "merged again");
        }

        @Test
        void endsWhereThereIsOneFineGroupLeft() {
            String first = id(1);
            int times = 0;
            HttpResponse<String> answer = split(first, "");
            while (answer.statusCode() == 200 && times++ < 60) answer = split(first, "");
            assertEquals(409, answer.statusCode());
            assertEquals("cannot_split", LiveServer.json(answer).path("code").asText());
            var lost = split(first, "", "If-Match", "\"s1-1\"");
            assertTrue(lost.statusCode() == 409 || lost.statusCode() == 412);
        }
    }

    @Nested
    class PlacedByHand {
        private JsonNode outliers() {
            return get("/api/v1/projects/" + project + "/customers?outlier=true&limit=1000");
        }

        @Test
        void outliersTellHowFarOutTheyAreAndAreAssignedAnyway() throws Exception {
            JsonNode list = outliers();
            int count = list.path("page").path("total").asInt();
            assertTrue(count > 0, "the sample has outliers");
            JsonNode first = list.path("data").path(0);
            assertTrue(first.path("distance").path("score").asDouble() > 0.5, first.toString());
            assertFalse(first.path("distance").path("words").asText().isBlank());
            JsonNode done =
                    json(move("move", "\"customers\":[" + first.path("id") + ",\"nobody\"]"));
            assertEquals(1, done.path("failed").size());
            assertEquals(1, done.path("failed").path(0).path("index").asInt());
            assertEquals(count - 1, outliers().path("page").path("total").asInt());
            String address =
                    "/api/v1/projects/" + project + "/customers/" + first.path("id").asText();
            restart();
            JsonNode kept = get(address);
            assertEquals(first.path("segment").path("id"), kept.path("segment").path("id"));
            assertFalse(kept.path("outlier").asBoolean());
            assertTrue(kept.path("placed").asBoolean());
            everythingAgrees();
            undo();
            assertTrue(get(address).path("outlier").asBoolean());
        }

        @Test
        void stayWithTheirSegmentThroughMergeSplitAndRestart() throws Exception {
            JsonNode customer =
                    get("/api/v1/projects/" + project + "/customers?limit=1").path("data").path(0);
            int own = customer.path("segment").path("number").asInt();
            int other = own == 2 ? 3 : 2;
            String target = id(other);
            String body = "\"customers\":[" + customer.path("source_id") + "]";
            json(move("move", body + ",\"segment\":\"" + target + "\""));
            String address =
                    "/api/v1/projects/" + project + "/customers/" + customer.path("id").asText();
            assertEquals(target, get(address).path("segment").path("id").asText());
            json(split(target, ""));
            assertEquals(target, get(address).path("segment").path("id").asText());
            String one = other == 2 ? id(1) : id(2);
            json(merge(named(one, target)));
            restart();
            assertEquals(one, get(address).path("segment").path("id").asText());
            everythingAgrees();
            json(move("release", body));
            assertFalse(get(address).path("placed").asBoolean());
            everythingAgrees();
            for (int i = 0; i < 3; i++) undo();
            assertEquals(target, get(address).path("segment").path("id").asText());
            assertTrue(get(address).path("placed").asBoolean());
        }

        @Test
        void leaveNoSegmentEmpty() {
            var members = new StringBuilder();
            get("/api/v1/segments/" + id(5) + "/members?limit=1000")
                    .path("data")
                    .forEach(c -> members.append(',').append(c.path("id")));
            var refused =
                    move(
                            "move",
                            "\"customers\":["
                                    + members.substring(1)
                                    + "],\"segment\":\""
                                    + id(1)
                                    + "\"");
            assertEquals(409, refused.statusCode());
            assertEquals("segment_would_be_empty", LiveServer.json(refused).path("code").asText());
            assertEquals(422, move("move", "\"customers\":[]").statusCode());
            assertEquals(
                    404,
                    move("move", "\"customers\":[\"00001\"],\"segment\":\"seg_none\"")
                            .statusCode());
        }
    }

    @Nested
    class TheHistory {
        @Test
        void tellsEveryChangeAndUndoGoesBackOneByOne() {
            json(merge(named(id(1), id(2))));
            server.send("PATCH", "/api/v1/segments/" + id(1), "{\"name\":\"Regulars\"}");
            json(split(id(1), ""));
            JsonNode history = get("/api/v1/projects/" + project + "/history").path("data");
            assertEquals("split", history.path(0).path("field").asText());
            assertEquals("name", history.path(1).path("field").asText());
            assertEquals("merge", history.path(2).path("field").asText());
            assertTrue(history.path(2).path("text").asText().contains("1, 2"), history.toString());
            assertEquals("Regulars", segments().path("data").path(0).path("name").asText());
            restart();
            assertEquals("split", json(undo()).path("undone").path("field").asText());
            assertEquals(4, segments().path("data").size());
            assertEquals("name", json(undo()).path("undone").path("field").asText());
            assertNotEquals("Regulars", segments().path("data").path(0).path("name").asText());
            assertEquals("merge", json(undo()).path("undone").path("field").asText());
            JsonNode after = get("/api/v1/projects/" + project + "/history").path("data");
            for (int i = 0; i < 3; i++) assertTrue(after.path(i).path("undone").asBoolean());
        }

        @Test
        void anUndoThatIsSentTwiceTakesBackOneChange() {
            json(merge(named(id(1), id(2))));
            json(merge(named(id(1), id(2))));
            assertEquals(3, segments().path("data").size());
            String undo = "/api/v1/projects/" + project + "/segments:undo";
            JsonNode once = json(server.post(undo, "", "Idempotency-Key", "lost"));
            JsonNode again = json(server.post(undo, "", "Idempotency-Key", "lost"));
            assertEquals(once, again);
            assertEquals(4, segments().path("data").size());
        }

        @Test
        void anUndoThatMeansAnEarlierChangeTakesBackNobodyElsesLaterOne() {
            String first = id(1);
            String path = "/api/v1/segments/" + first;
            JsonNode renamed = json(server.send("PATCH", path, "{\"name\":\"Regulars\"}"));
            json(merge(named(id(2), id(3))));
            String undo = "/api/v1/projects/" + project + "/segments:undo";
            String meant = "{\"edit\":" + renamed.path("edit").asLong() + "}";
            var refused = server.post(undo, meant);
            assertEquals(412, refused.statusCode(), refused.body());
            assertEquals(4, segments().path("data").size(), "the merge stands");
            json(undo());
            assertEquals("name", json(server.post(undo, meant)).at("/undone/field").asText());
        }

        @Test
        void changesWhatListsBriefsAndChatSay() {
            json(merge(named(id(1), id(2), id(3))));
            JsonNode summary = get("/api/v1/runs/" + run).path("summary");
            assertEquals(3, summary.path("segments").asInt());
            var made =
                    server.post(
                            "/api/v1/projects/" + project + "/briefs",
                            "{\"segment\":\"" + id(1) + "\"}",
                            "Prefer",
                            "wait=20");
            assertEquals(201, made.statusCode(), made.body());
            assertEquals(
                    segments().path("data").path(0).path("name"),
                    LiveServer.json(made).path("name"));
            String chat =
                    json(server.post("/api/v1/projects/" + project + "/chats", "{}"))
                            .path("id")
                            .asText();
            JsonNode answer =
                    json(
                            server.post(
                                    "/api/v1/chats/" + chat + "/messages",
                                    "{\"text\":\"Which segments are the largest?\"}"));
            String size = segments().path("data").path(0).path("size").path("count").asText();
            assertTrue(answer.path("rendered").asText().contains(size), answer.toString());
        }
    }

    @Nested
    class AnotherNumberOfSegments {
        @Test
        void isListedWithWhatEachStepMergesOrSplits() {
            JsonNode choices = get("/api/v1/runs/" + run + "/choices");
            assertEquals(5, choices.path("found").asInt());
            int k = 2;
            for (JsonNode choice : choices.path("data")) {
                assertEquals(k, choice.path("segments").asInt());
                assertEquals(k, choice.path("sizes").size());
                String kind = choice.path("step").path("kind").asText("");
                assertEquals(k < 5 ? "merge" : k > 5 ? "split" : "", kind);
                if (k != 5) assertFalse(choice.path("step").path("text").asText().isBlank());
                k++;
            }
            assertTrue(k > 10, "the tree has more than ten leaves");
            JsonNode tree = get("/api/v1/runs/" + run + "/tree");
            assertEquals(tree.path("leaves").size() - 1, tree.path("merges").size());
        }

        @Test
        void givesTheBranchesAboveThemNamesThatFollowAMergeAndItsUndo() {
            JsonNode before = branches();
            assertEquals(4, before.size());
            Set<String> names = new LinkedHashSet<>();
            segments().path("data").forEach(s -> names.add(s.path("name").asText()));
            for (JsonNode branch : before) {
                assertTrue(names.add(branch.path("name").asText()), branch.toString());
                assertEquals("builtin", branch.path("writer").asText());
                for (JsonNode fact : branch.path("evidence")) {
                    JsonNode proof = get("/api/v1/evidence/" + fact.asText());
                    assertFalse(proof.path("rows").isEmpty(), proof.toString());
                }
            }
            restart();
            assertEquals(before, branches(), "kept over a restart");
            JsonNode pair = before.path(0);
            List<Integer> joined = new ArrayList<>();
            pair.path("segments").forEach(n -> joined.add(n.asInt()));
            assertEquals(2, joined.size());
            json(merge(named(id(joined.get(0)), id(joined.get(1)))));
            assertEquals(3, branches().size());
            assertEquals(
                    pair.path("name"),
                    segments().path("data").path(joined.get(0) - 1).path("name"),
                    "the same customers are called the same");
            json(undo());
            assertEquals(before, branches());
        }

        private ArrayNode branches() {
            ArrayNode named = JsonNodeFactory.instance.arrayNode();
            for (JsonNode merge : get("/api/v1/runs/" + run + "/tree").path("merges")) {
                if (merge.path("branch").isObject()) named.add(merge.path("branch"));
            }
            return named;
        }

        @Test
        void isANewRunWithoutEmbeddingOrClustering() {
            String cut =
                    finished(
                            server.post(
                                    "/api/v1/projects/" + project + "/runs",
                                    "{\"from\":\"" + run + "\",\"segments\":3}"));
            JsonNode made = get("/api/v1/runs/" + cut);
            assertEquals(run, made.path("cut_from").asText());
            for (JsonNode stage : made.path("stages")) {
                String key = stage.path("key").asText();
                boolean worked = key.equals("segments") || key.equals("describe");
                assertEquals(worked ? "done" : "skipped", stage.path("state").asText(), key);
            }
            String list = "/api/v1/projects/" + project + "/segments?run=" + cut;
            JsonNode segments = get(list);
            assertEquals(3, segments.path("data").size());
            assertEquals(5, segments().path("data").size(), "the old run is still there");
            restart();
            assertEquals(segments, get(list));
            String one = segments.path("data").path(0).path("id").asText();
            // The segment lives in both runs; the one that is named is the one that changes.
            json(server.post("/api/v1/segments/" + one + ":split?run=" + cut, "{}"));
            assertEquals(4, get(list).path("data").size());
            assertEquals(5, segments().path("data").size());
            assertEquals(200, undo().statusCode());
            assertEquals(204, server.send("DELETE", "/api/v1/runs/" + cut, "").statusCode());
        }
    }
}
