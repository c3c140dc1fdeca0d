package dev.coterie.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.coterie.llm.RawServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault F43 of {@code faults.json}: the server is killed while an answer streams. */
class ChatKillIT {
    private static final String FIRST = "How many customers are there?";
    private static final String SECOND = "Write a brief and tell me how large the first group is.";
    private static final Pattern FACT = Pattern.compile("\\{\\{(f\\d+)}} = ");

    private static final Pattern TOOL_RESULT = Pattern.compile("\"role\"\\s*:\\s*\"tool\"");

    @TempDir Path folder;

    /** Prepares a brief, then begins an answer that goes on longer than the server lives. */
    private static void endless(RawServer.Talk talk) throws IOException, InterruptedException {
        if (!offersTools(talk.request())) {
            // The run's names: the narrator gives them.
            RawServer.good("No.").play(talk);
            return;
        }
        talk.head(200, "text/event-stream");
        if (!TOOL_RESULT.matcher(talk.request()).find()) {
            talk.raw(
                    "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,"
                            + "\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":"
                            + "\"make_brief\",\"arguments\":\"{\\\"segment\\\":\\\"seg_1\\\"}\"}}]}"
                            + ",\"finish_reason\":null}]}\n\n");
            talk.finish("tool_calls");
            return;
        }
        talk.content("The first group has " + fact(talk) + " customers. ");
        for (int i = 0; i < 300; i++) {
            // A word said over and over would be taken for a loop.
            talk.content(Integer.toString(i, 36) + "lamp ");
            talk.pause(50);
        }
    }

    private static boolean offersTools(String request) {
        return request.contains("make_brief");
    }

    private static void whole(RawServer.Talk talk) throws IOException, InterruptedException {
        String answer = "It has " + fact(talk) + " customers.";
        RawServer.good(offersTools(talk.request()) ? answer : "No.").play(talk);
    }

    private static String fact(RawServer.Talk talk) {
        Matcher fact = FACT.matcher(talk.request());
        return fact.find() ? "{{" + fact.group(1) + "}}" : "";
    }

    private static Map<String, String> model(RawServer endpoint) {
        return Map.of(
                "COTERIE_LLM_PROVIDER", "openai",
                "COTERIE_LLM_BASE_URL", endpoint.baseUrl(),
                "COTERIE_LLM_MODEL", "test-model");
    }

    @Test
    void theConversationGoesOnAfterTheKill() throws Exception {
        String chat;
        JsonNode before;
        String cut;
        try (var endpoint = new RawServer(ChatKillIT::endless);
                var server = new ServerProcess(folder, model(endpoint))) {
            server.start();
            chat = chat(server);
            String path = "/api/v1/chats/" + chat + "/messages";
            before = ServerProcess.good(server.send("POST", path, question(FIRST, "builtin")), 200);
            assertEquals("done", before.path("state").asText());
            cut = killedWhileReading(server, chat);
            assertEquals(
                    2,
                    endpoint.requests().stream().filter(ChatKillIT::offersTools).count(),
                    "the round of the tool, then the answer");
        }
        try (var endpoint = new RawServer(ChatKillIT::whole);
                var server = new ServerProcess(folder, model(endpoint))) {
            server.start();
            isMarked(server.get("/api/v1/messages/" + cut), server);
            JsonNode messages = server.get("/api/v1/chats/" + chat).path("messages");
            assertEquals(4, messages.size(), "two questions, two answers");
            assertEquals(before, messages.get(1), "the first answer is what it was");
            assertEquals(SECOND, messages.get(2).path("text").asText(), "the question is kept");

            var again = server.send("POST", "/api/v1/messages/" + cut + ":regenerate", "");
            JsonNode answer = ServerProcess.good(again, 200);
            assertEquals("done", answer.path("state").asText());
            assertEquals("llm", answer.path("writer").asText(), answer.toString());
            assertTrue(answer.path("prompt").asText().startsWith("chat.en@"), answer.toString());
            assertEquals(messages.get(2).path("id"), answer.path("parent"), "to the same question");
            assertEquals(1, endpoint.requests().size());
            assertEquals(5, server.get("/api/v1/chats/" + chat).path("messages").size());
            assertEquals(0, briefs(server), "what was only prepared was not done, then or now");
            confirm(server.get("/api/v1/messages/" + cut), server);
        }
    }

    /** What the model asked for happens when a person has it done, and not before. */
    private static void confirm(JsonNode cut, ServerProcess server) throws IOException {
        JsonNode request = cut.path("calls").path(0).path("proposal").path("request");
        String path = request.path("path").asText();
        ServerProcess.good(server.send("POST", path, "{\"token\":\"guessed\"}"), 422);
        assertEquals(0, briefs(server));
        ServerProcess.good(server.send("POST", path, request.path("body").toString()), 202);
        assertEquals(1, briefs(server));
    }

    private static int briefs(ServerProcess server) throws IOException {
        String path = "/api/v1/projects/" + project(server) + "/briefs";
        return server.get(path).path("data").size();
    }

    /** What it had said stays, and nobody can take it for a whole answer. */
    private static void isMarked(JsonNode cut, ServerProcess server) throws IOException {
        assertEquals("interrupted", cut.path("state").asText(), cut.toString());
        assertTrue(cut.path("rendered").asText().startsWith("The first group has "));
        assertFalse(cut.path("rendered").asText().contains("lamp"), "no sentence without a fact");
        assertEquals(
                "This answer was interrupted by a restart. Try again?",
                cut.path("problem").path("detail").asText());
        assertEquals("make_brief", cut.path("calls").path(0).path("tool").asText());
        try (var lines = server.stream("/api/v1/messages/" + cut.path("id").asText() + "/events")) {
            assertTrue(
                    lines.anyMatch("event: error"::equals), "a reader that listens again is told");
        }
    }

    private static String project(ServerProcess server) throws IOException {
        return server.get("/api/v1/projects").path("data").path(0).path("id").asText();
    }

    private static String chat(ServerProcess server) throws IOException {
        ServerProcess.good(server.send("POST", "/api/v1/projects", "{\"name\":\"Chat\"}"), 201);
        String project = project(server);
        server.upload(project, ShopCsv.customers(60, 3));
        var run = server.send("POST", "/api/v1/projects/" + project + "/runs", "{\"segments\":3}");
        server.awaitEnd(ServerProcess.good(run, 202).path("id").asText());
        var made = server.send("POST", "/api/v1/projects/" + project + "/chats", "{}");
        return ServerProcess.good(made, 201).path("id").asText();
    }

    private static String question(String text, String writer) {
        return "{\"text\":\"" + text + "\",\"writer\":\"" + writer + "\"}";
    }

    /**
     * Kills the server once a reader has seen a sentence of the answer.
     *
     * @return the answer's id
     */
    private static String killedWhileReading(ServerProcess server, String chat) throws Exception {
        var path = "/api/v1/chats/" + chat + "/messages";
        String id = "";
        try (var lines = server.stream(path, question(SECOND, "llm"))) {
            for (String line : (Iterable<String>) lines::iterator) {
                if (line.startsWith("data:") && id.isEmpty()) {
                    JsonNode start = ServerProcess.JSON.readTree(line.substring(5));
                    id = start.path("message").asText();
                }
                if (line.equals("event: answer.delta")) break;
            }
            server.kill();
        }
        return id;
    }
}
