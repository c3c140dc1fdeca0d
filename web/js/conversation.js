// @ts-check
import { t, locale } from "./i18n.js";
import { update, setting } from "./store.js";
import { get, post, Problem, send } from "./api.js";
import { eventsOf, follow } from "./sse.js";
import { announce } from "./a11y.js";
import { loader } from "./load.js";

const BATCH = 60;
const SPACING = 1500;
const ENDS = ["message.end", "error"];

/**
 * One chat: its messages, the answer that is being written, and the way to stop it. The answer runs on the server;
 * leaving the page does not end it and coming back takes it up again.
 * @param {{project: any, run: any, id: string | undefined, onCreated: (id: string) => void, onEnd: () => void}} place
 */
export function conversation({ project, run, id, onCreated, onEnd }) {
  const chat = loader();
  const closed = new AbortController();
  /** Which version is shown where a message has several followers, by the message before them. @type {Map<any, any>} */
  const chosen = new Map();
  let buffer = "";
  let flushing = 0;
  let said = 0;
  let saidAt = 0;

  const self = {
    id,
    chat,
    /** All messages, of every branch. @type {any[]} */
    messages: [],
    thread,
    show,
    regenerate,
    goOn,
    /** The answer under way. @type {any} */
    live: null,
    /** A question the server refused. @type {any} */
    problem: null,
    ask,
    stop,
    confirm,
    close: () => (closed.abort(), chat.stop(), clearTimeout(flushing)),
  };

  if (id)
    chat.load(async (signal) => {
      const data = await get(`/chats/${id}`, signal);
      self.messages = (data.messages ?? []).map((/** @type {any} */ m) => ({ ...m, tools: m.calls ?? [], error: m.problem }));
      const byId = new Map(self.messages.map((m) => [m.id, m]));
      for (const m of self.messages) m.before = byId.get(m.parent) ?? null;
      const last = self.messages.at(-1);
      if (last?.role === "assistant" && last.state === "answering") resume(last);
      return data;
    });

  /** @param {any} message */
  function resume(message) {
    // The events are played from the start, so what was stored so far gives way to them.
    Object.assign(message, { text: "", facts: {}, tools: [], citations: [], tables: [], quotes: [] });
    self.live = message;
    listen(message, eventsOf(`/messages/${message.id}/events`));
  }

  /** What follows a message, or begins the chat: the versions of the next one, oldest first. @param {any} before */
  const versions = (before) => self.messages.filter((m) => m.before === before);

  /** The branch on the screen, each message with its place among its versions. */
  function thread() {
    const out = [];
    let before = /** @type {any} */ (null);
    for (;;) {
      const all = versions(before);
      if (!all.length) return out;
      const picked = chosen.get(before);
      const message = all.includes(picked) ? picked : all.at(-1);
      out.push({ message, before, version: all.indexOf(message) + 1, versions: all.length });
      before = message;
    }
  }

  /** Shows another version of a message. @param {any} place of `thread` @param {number} step */
  function show(place, step) {
    const all = versions(place.before);
    const next = all[all.indexOf(place.message) + step];
    if (!next || self.live) return;
    chosen.set(place.before, next);
    announce(t("chat.version", { n: all.indexOf(next) + 1, count: all.length }));
    update();
  }

  const blank = () => ({ key: Math.random(), role: "assistant", state: "answering", text: "", facts: {}, tools: [], citations: [], warnings: [] });

  /** Answers a question once more; the answer so far stays as a version. @param {any} old */
  async function regenerate(old) {
    if (self.live) return;
    const answer = { ...blank(), before: old.before };
    await begin([answer], answer, () => `/messages/${old.id}:regenerate`, {}, "");
  }

  /** Goes on with an answer that was stopped; the stopped one stays as a version. @param {any} old */
  async function goOn(old) {
    if (self.live) return;
    const answer = { ...blank(), before: old.before };
    await begin([answer], answer, () => `/messages/${old.id}:continue`, {}, "");
  }

  /**
   * @param {string} text
   * @param {string[]} scope ids of segments
   * @param {any} [edited] the question that this one takes the place of, which begins a branch
   */
  async function ask(text, scope, edited = null) {
    const before = edited ? edited.before : (thread().at(-1)?.message ?? null);
    const question = { key: Math.random(), role: "user", text, facts: {}, before };
    const answer = { ...blank(), before: question };
    // Without a language the answer takes the question's own.
    const body = { text, scope: scope.length ? { segments: scope } : null, language: null, writer: "auto", parent: before ? before.id : "root" };
    await begin([question, answer], answer, () => `/chats/${self.id}/messages`, body, text);
  }

  /** @param {any[]} added @param {any} answer @param {() => string} path @param {any} body @param {string} text */
  async function begin(added, answer, path, body, text) {
    self.problem = null;
    self.messages = [...self.messages, ...added];
    chosen.set(added[0].before, added[0]);
    self.live = answer;
    announce(t("chat.answering"));
    update();
    try {
      if (!self.id) {
        const made = await post(`/projects/${project.id}/chats`, { run: run.id, language: locale() });
        self.id = made.id;
        chat.data = made;
        onCreated(made.id);
      }
      let first = true;
      await listen(answer, (after, signal) => {
        if (first) {
          first = false;
          return send("POST", path(), { body, signal, headers: { Accept: "text/event-stream" } });
        }
        // A second POST would ask twice; the answer already has an address once it has begun.
        const started = /** @type {any} */ (answer).id;
        if (!started) return Promise.reject(new Problem({ status: 499, code: "offline" }));
        return eventsOf(`/messages/${started}/events`)(after, signal);
      });
    } catch (e) {
      self.messages = self.messages.filter((m) => !added.includes(m));
      chosen.delete(added[0].before);
      self.live = null;
      self.problem = { error: e, text };
      update();
    }
  }

  /** @param {any} answer @param {(after: string | null, signal: AbortSignal) => Promise<Response>} open */
  async function listen(answer, open) {
    buffer = "";
    said = 0;
    saidAt = Date.now();
    await follow({
      open,
      ends: ENDS,
      signal: closed.signal,
      onEvent: (event) => take(answer, event),
      onLost: (attempt) => {
        answer.lost = attempt;
        update();
      },
    });
  }

  /** @param {any} answer @param {any} event */
  function take(answer, { event, data }) {
    answer.lost = 0;
    if (event === "answer.delta") {
      buffer += data.text;
      hold(answer, data.facts);
      if (!flushing) flushing = window.setTimeout(() => flush(answer), BATCH);
      return;
    }
    if (buffer) flush(answer);
    if (event === "message.start") Object.assign(answer, { id: data.message, writer: data.writer, model: data.model });
    else if (event === "tool.start") answer.tools.push(data);
    else if (event === "tool.result") toolResult(answer, data);
    else if (event === "citation") answer.citations.push(data);
    else if (event === "answer.check") answer.check = data;
    else if (event === "suggestions") answer.suggestions = data.items;
    else if (event === "warning" || event === "status") {
      answer.status = data;
      answer.changed = true;
      // What was said so far was incomplete: what follows takes its place.
      if (data.kind === "restart") {
        Object.assign(answer, { text: "", citations: [] });
        said = 0;
      }
    }
    else if (event === "error") finish(answer, data.code === "interrupted" ? "interrupted" : "failed", data);
    else if (event === "message.end") {
      answer.usage = data.usage;
      finish(answer, data.finish === "stopped_by_user" ? "stopped" : "done", null);
    }
    update();
  }

  /** @param {any} answer @param {any} data */
  function toolResult(answer, data) {
    const call = answer.tools.find((/** @type {any} */ c) => c.call === data.call);
    if (call) Object.assign(call, data);
    if (data.table) answer.tables = [...(answer.tables ?? []), data.table];
    if (data.quotes?.length) answer.quotes = [...(answer.quotes ?? []), ...data.quotes];
    hold(answer, data.facts);
  }

  /** @param {any} answer @param {any[] | undefined} facts */
  function hold(answer, facts) {
    for (const fact of facts ?? []) answer.facts = { ...answer.facts, [fact.id]: fact };
  }

  /** @param {any} answer */
  function flush(answer) {
    clearTimeout(flushing);
    flushing = 0;
    answer.text += buffer;
    buffer = "";
    tell(answer);
    update();
  }

  /** Reads out each paragraph once it is finished, not the stream. @param {any} answer */
  function tell(answer) {
    if (setting.read("announce", "each") === "end") return;
    const end = answer.text.lastIndexOf("\n\n");
    if (end <= said || Date.now() - saidAt < SPACING) return;
    announce(plainWords(answer, answer.text.slice(said, end)));
    said = end;
    saidAt = Date.now();
  }

  /** @param {any} answer @param {"done" | "stopped" | "interrupted" | "failed"} state @param {any} error */
  async function finish(answer, state, error) {
    if (!error && answer.changed) {
      // Another writer took over or a tool failed: only the finished message knows which results count.
      const full = await get(`/messages/${answer.id}`, closed.signal).catch(() => null);
      if (full) for (const part of ["text", "facts", "tables", "quotes", "citations", "writer", "model", "fallback"]) answer[part] = full[part];
    }
    Object.assign(answer, { state, error, status: null });
    if (self.live === answer) self.live = null;
    onEnd();
    const rest = setting.read("announce", "each") === "end" ? answer.text : answer.text.slice(said);
    announce([plainWords(answer, rest), state === "done" ? t("chat.complete", { count: answer.citations?.length ?? 0 }) : t(state === "stopped" ? "chat.stopped" : "chat.failed")].join(" "));
    update();
  }

  /** @param {any} answer @param {string} text */
  const plainWords = (answer, text) => text.replace(/\{\{\s*(f\d+)\s*\}\}/g, (_, f) => answer.facts[f]?.text ?? "").replace(/[*#`|]/g, " ");

  /** Stops the answer on the server; the terminal event comes by the stream. What was said stays. */
  async function stop() {
    const message = self.live;
    if (!message?.id) return;
    await post(`/messages/${message.id}:stop`).catch(() => {});
  }

  /** Has done what an answer proposed. @param {any} proposal */
  async function confirm(proposal) {
    await post(proposal.request.path.replace(/^\/api\/v1/, ""), proposal.request.body);
    proposal.done = true;
  }

  return self;
}
