package dev.coterie.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.coterie.describe.Writer;
import dev.coterie.error.CancelledException;
import dev.coterie.error.LlmException;
import dev.coterie.language.Message;
import dev.coterie.llm.LanguageModel;
import dev.coterie.llm.Replies;
import dev.coterie.tools.ToolCatalog;
import dev.coterie.tools.ToolRefusal;
import dev.coterie.tools.ToolResult;
import dev.coterie.tools.Toolbox;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the language model choose tools and word an answer: at most 6 rounds of 4 calls, arguments
 * checked before anything runs, every sentence checked before anyone sees it. One instance per
 * question.
 */
final class ChatAgent {
    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(
                            com.fasterxml.jackson.core.JsonParser.Feature
                                    .STRICT_DUPLICATE_DETECTION);
    private static final Logger log = LoggerFactory.getLogger(ChatAgent.class);
    private static final int ROUNDS = 6;
    private static final int CALLS = 4;
    private static final int ASK_AGAIN = 2;

    /** Frames of a failure that the log gets. */
    private static final int TRACED = 8;

    private final LanguageModel model;
    private final String name;
    private final TurnWork turn;
    private final Runner runner;
    private final ToolThreads threads;
    private final ToolFrames frames;
    private final ChatPrompts prompts;
    private final AnswerStream stream;
    private final Map<String, String> done = new HashMap<>();
    private int unusable;
    private boolean toolsOver;

    /** Runs a tool whose arguments were checked. */
    interface Runner {
        ToolResult run(String tool, JsonNode args);
    }

    ChatAgent(LanguageModel model, TurnWork turn, ToolThreads threads) {
        this(model, turn, new Toolbox(turn.desk(), turn.ids())::run, threads);
    }

    ChatAgent(LanguageModel model, TurnWork turn, Runner runner, ToolThreads threads) {
        this.model = model.metered(turn::called);
        // Another model may be chosen while this one answers.
        this.name = model.name();
        this.turn = turn;
        this.runner = runner;
        this.threads = threads;
        this.prompts = new ChatPrompts(turn);
        this.frames = new ToolFrames(turn.desk(), prompts.mark());
        this.stream = new AnswerStream(turn);
    }

    /**
     * @throws LlmException if no checked sentence came; the caller lets the narrator answer
     * @throws CancelledException if the listener stopped the answer
     */
    Answer answer() {
        turn.said().ifPresent(said -> stream.goOnFrom(said.text()));
        List<ChatMessage> messages = prompts.opening(true);
        boolean shortened = false;
        boolean lighter = false;
        int again = 0;
        int rounds = 0;
        while (true) {
            boolean offer = !toolsOver && rounds < ROUNDS;
            ChatResponse response;
            try {
                response = ask(messages, offer);
            } catch (LlmException e) {
                String key = e.message().key();
                if (key.equals("llm.shortened") && !shortened) {
                    shortened = true;
                    stream.startOver(e.message());
                    messages.add(UserMessage.from(prompts.again("too_long")));
                    continue;
                }
                if (key.equals("llm.too_much_text") && !lighter && rounds == 0) {
                    lighter = true;
                    messages = prompts.opening(false);
                    continue;
                }
                throw e;
            }
            AiMessage reply = response.aiMessage();
            if (reply.hasToolExecutionRequests()) {
                if (!offer) throw new LlmException(Message.of("chat.tool_call_unusable"));
                rounds++;
                stream.endRound();
                messages.add(reply);
                messages.addAll(run(reply.toolExecutionRequests()));
                if (toolsOver || rounds == ROUNDS) {
                    messages.add(UserMessage.from(prompts.again("answer")));
                }
                continue;
            }
            stream.endRound();
            if (stream.kept().isEmpty()) {
                boolean refused = Replies.refuses(Replies.spoken(reply.text()));
                if (again++ == ASK_AGAIN) {
                    String why = refused ? "llm.refused_content" : "chat.nothing_left";
                    throw new LlmException(Message.of(why));
                }
                messages.add(AiMessage.from(reply.text()));
                messages.add(UserMessage.from(prompts.again(stream.problem())));
                continue;
            }
            return finished();
        }
    }

    private Answer finished() {
        List<String> removed = stream.removed();
        if (stream.untrue() > 0) {
            turn.listener()
                    .event(
                            new ChatEvent.Warning(
                                    Message.of(
                                            "chat.sentences_removed", "count", stream.untrue())));
        }
        return turn.finish(
                turn.joined(stream.kept()),
                removed,
                Writer.LLM,
                Optional.of(name),
                Optional.of(prompts.version()),
                Optional.empty(),
                true);
    }

    private ChatResponse ask(List<ChatMessage> messages, boolean offer) {
        var request = ChatRequest.builder().messages(messages);
        if (offer) request.toolSpecifications(Toolbox.specifications(turn.desk().language()));
        var reader = stream.reader();
        model.streaming(LanguageModel.Purpose.CHAT).chat(request.build(), reader);
        return reader.await();
    }

    /** The results of one round; after a third unusable round the narrator answers. */
    private List<ChatMessage> run(List<ToolExecutionRequest> calls) {
        var out = new ArrayList<ChatMessage>();
        boolean clash = clash(calls);
        boolean bad = clash;
        for (int i = 0; i < calls.size(); i++) {
            ToolExecutionRequest call = calls.get(i);
            String result;
            if (clash) {
                result = ToolFrames.error("bad_call", "each call of a round needs its own id");
            } else if (i >= CALLS) {
                result = ToolFrames.error("not_run", "at most " + CALLS + " calls a round");
            } else {
                Optional<JsonNode> args = arguments(call);
                Optional<String> problem =
                        args.isEmpty()
                                ? Optional.of("the arguments must be one JSON object")
                                : new Toolbox(turn.desk(), turn.ids())
                                        .problem(call.name(), args.get())
                                        .map(Message::toString);
                if (problem.isPresent()) {
                    bad = true;
                    result = ToolFrames.error("bad_arguments", problem.get());
                } else {
                    Ran ran = once(call.name(), args.get());
                    bad |= ran.refused();
                    result = ran.result();
                }
            }
            String id = call.id() == null ? "" : call.id();
            out.add(ToolExecutionResultMessage.from(id, String.valueOf(call.name()), result));
        }
        if (bad && ++unusable > ASK_AGAIN) {
            throw new LlmException(Message.of("chat.tool_call_unusable"));
        }
        return out;
    }

    private static boolean clash(List<ToolExecutionRequest> calls) {
        Set<String> ids = new HashSet<>();
        for (ToolExecutionRequest call : calls) {
            if (call.id() != null && !call.id().isEmpty() && !ids.add(call.id())) return true;
        }
        return false;
    }

    private static Optional<JsonNode> arguments(ToolExecutionRequest call) {
        String text = call.arguments() == null ? "" : call.arguments();
        boolean none =
                ToolCatalog.tool(String.valueOf(call.name()))
                        .map(t -> t.params().stream().noneMatch(ToolCatalog.Param::required))
                        .orElse(false);
        if (text.isBlank() && none) return Optional.of(JSON.createObjectNode());
        try {
            return Optional.ofNullable(JSON.readTree(text)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /**
     * @param refused true if the arguments, though well-formed, fit nothing in the data
     */
    private record Ran(String result, boolean refused) {}

    /** Runs a call unless an equal one was made before: that ends the asking of tools. */
    private Ran once(String tool, JsonNode args) {
        String key = tool + " " + args;
        String before = done.get(key);
        if (before != null) {
            toolsOver = true;
            return new Ran(before, false);
        }
        String id = turn.nextCall();
        String label = prompts.label(tool);
        turn.listener().event(new ChatEvent.ToolStart(id, tool, label, ChatPrompts.plain(args)));
        try {
            ToolResult result = threads.run(() -> runner.run(tool, args));
            turn.results().add(result);
            turn.listener().event(new ChatEvent.ToolDone(id, result));
            String framed = frames.frame(result);
            done.put(key, framed);
            return new Ran(framed, false);
        } catch (ToolRefusal e) {
            return new Ran(ToolFrames.error("refused", frames.plain(e.getMessage())), true);
        } catch (CancelledException e) {
            throw e;
        } catch (RuntimeException | TimeoutException e) {
            // The cause may hold paths or data; neither the model nor the reader gets it.
            log.warn("chat: tool {} failed: {}", tool, trace(e));
            Message failed = Message.of("chat.tool_failed", "label", label);
            turn.listener().event(new ChatEvent.Warning(failed));
            String result = ToolFrames.error("tool_failed", "this tool gives nothing now");
            done.put(key, result);
            return new Ran(result, false);
        }
    }

    /** The kinds of what went wrong and where; the words may hold customers' own. */
    private static String trace(Exception failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(
                        e ->
                                e.getClass().getName()
                                        + Stream.of(e.getStackTrace())
                                                .limit(TRACED)
                                                .map(at -> "\n\tat " + at)
                                                .collect(Collectors.joining()))
                .collect(Collectors.joining("\ncaused by "));
    }
}
