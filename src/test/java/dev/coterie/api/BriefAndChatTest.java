package dev.coterie.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** What people read of a finished run over HTTP: a brief, and answers to their questions. */
class BriefAndChatTest extends AnalysedShop {
    @Test
    void aBriefIsWrittenAndServedInThreeForms() {
        String segment = segments().path("data").path(0).path("id").asText();
        var made =
                server.post(
                        "/api/v1/projects/" + project + "/briefs",
                        "{\"segment\":\"" + segment + "\",\"language\":\"zh-CN\"}",
                        "Prefer",
                        "wait=20");
        assertEquals(201, made.statusCode(), made.body());
        JsonNode brief = LiveServer.json(made);
        assertEquals("ready", brief.path("status").asText());
        assertEquals(13, brief.path("sections").size());
        for (JsonNode section : brief.path("sections")) {
            for (JsonNode item : section.path("items")) {
                assertFalse(item.path("rendered").asText().contains("{{"), item.toString());
                for (JsonNode fact : item.path("facts")) {
                    assertTrue(brief.path("facts").has(fact.asText()), item.toString());
                }
            }
        }
        JsonNode told = call("/api/v1/runs/" + run + "/tools/get_brief", "{\"segment\":\"seg_1\"}");
        JsonNode again =
                call(
                        told.path("request").path("path").asText(),
                        told.path("request").path("body").toString());
        assertTrue(told.path("facts").size() > 0, told.toString());
        assertEquals(told.path("facts"), again.path("facts"));
        String address = "/api/v1/briefs/" + brief.path("id").asText();
        assertEquals(brief, get(address));
        var markdown = server.get(address, "Accept", "text/markdown");
        assertTrue(markdown.body().startsWith("#"), markdown.body());
        var html = server.get(address + "?format=html");
        assertTrue(html.body().startsWith("<!"), html.body());
        assertTrue(html.headers().firstValue("Content-Disposition").orElse("").contains("attach"));
        assertEquals(204, server.send("DELETE", address, "").statusCode());
        assertEquals(404, server.get(address).statusCode());
    }

    @Test
    void aQuestionIsAnsweredStreamedResumedAndKept() {
        var created = server.post("/api/v1/projects/" + project + "/chats", "{}");
        assertEquals(201, created.statusCode(), created.body());
        String chat = LiveServer.json(created).path("id").asText();
        assertTrue(LiveServer.json(created).path("suggestions").size() >= 3);
        String ask = "/api/v1/chats/" + chat + "/messages";
        String question = "{\"text\":\"Which segments are the largest?\"}";
        String stream = server.post(ask, question, "Accept", "text/event-stream").body();
        assertTrue(stream.contains("event: message.start"), stream);
        assertTrue(stream.contains("event: tool.result"), stream);
        assertTrue(stream.contains("event: answer.delta"), stream);
        assertTrue(stream.contains("event: message.end"), stream);
        String[] once = {"Idempotency-Key", "asked-once"};
        JsonNode whole = LiveServer.json(server.post(ask, question, once));
        assertEquals("done", whole.path("state").asText(), whole.toString());
        assertEquals("builtin", whole.path("writer").asText());
        assertFalse(whole.path("rendered").asText().contains("{{"), whole.toString());
        String id = whole.path("id").asText();
        var again = server.post(ask, question, once);
        assertEquals(id, LiveServer.json(again).path("id").asText(), again.body());
        assertEquals("true", again.headers().firstValue("Idempotency-Replayed").orElse(""));
        String streamed =
                server.post(ask, question, once[0], once[1], "Accept", "text/event-stream").body();
        assertTrue(streamed.contains(id) && streamed.contains("event: message.end"), streamed);
        String events = server.get("/api/v1/messages/" + id + "/events?after=1").body();
        assertTrue(events.contains("id: 2\n") && !events.contains("id: 1\n"), events);
        assertEquals(4, get("/api/v1/chats/" + chat).path("messages").size());
        assertEquals(
                "Which segments are the largest?",
                get("/api/v1/chats/" + chat).path("title").asText());
    }

    private JsonNode say(String chat, String text, String parent) {
        String body = "{\"text\":\"" + text + "\",\"parent\":" + parent + "}";
        JsonNode answer = LiveServer.json(server.post("/api/v1/chats/" + chat + "/messages", body));
        assertEquals("done", answer.path("state").asText(), answer.toString());
        return answer;
    }

    @Test
    void anEditedQuestionBeginsABranchThatLooksBackAlongItselfOnly() {
        var created = server.post("/api/v1/projects/" + project + "/chats", "{}");
        String chat = LiveServer.json(created).path("id").asText();
        JsonNode one = say(chat, "How big is segment 1?", "null");
        say(chat, "And segment 2?", "null");
        JsonNode edited = say(chat, "What makes segment 3 different?", "\"root\"");
        JsonNode after = say(chat, "And segment 2?", "\"" + edited.path("id").asText() + "\"");
        assertEquals("get_segment", after.path("calls").get(0).path("tool").asText());
        assertFalse(after.path("rendered").asText().equals(one.path("rendered").asText()));
        JsonNode again = say(chat, "And segment 2?", "\"" + one.path("id").asText() + "\"");
        assertTrue(
                again.path("rendered").asText().length() < after.path("rendered").asText().length(),
                "the first branch asks for sizes, the other for what is special");
        String unknown = "{\"text\":\"And?\",\"parent\":\"msg_none\"}";
        assertEquals(404, server.post("/api/v1/chats/" + chat + "/messages", unknown).statusCode());
    }

    @Test
    void anAnswerIsGivenAgainAsAnotherVersionAndItsStepsCanBeReplayed() {
        var created = server.post("/api/v1/projects/" + project + "/chats", "{}");
        String chat = LiveServer.json(created).path("id").asText();
        JsonNode first = say(chat, "How big is segment 1?", "null");
        String id = first.path("id").asText();
        JsonNode second =
                LiveServer.json(server.post("/api/v1/messages/" + id + ":regenerate", "{}"));
        assertEquals(first.path("parent"), second.path("parent"));
        assertFalse(id.equals(second.path("id").asText()));
        assertEquals(first.path("rendered"), second.path("rendered"));
        assertEquals(3, get("/api/v1/chats/" + chat).path("messages").size());

        JsonNode call = second.path("calls").get(0);
        JsonNode request = call.path("request");
        var replayed = server.post(request.path("path").asText(), request.path("body").toString());
        assertEquals(200, replayed.statusCode(), replayed.body());
        assertEquals(call.path("table"), LiveServer.json(replayed).path("table"));
        assertEquals(call.path("tool"), LiveServer.json(replayed).path("tool"));
        String tools = request.path("path").asText().replace("get_segment", "");
        assertEquals(404, server.post(tools + "drop_table", "{}").statusCode());
        assertEquals(422, server.post(tools + "get_segment", "{\"segment\":7}").statusCode());
    }
}
