// @ts-check
import { html, nothing, ref, repeat } from "../lib/lit.js";
import { t } from "../i18n.js";
import { state, update } from "../store.js";
import { get, getAll, remove } from "../api.js";
import { go, runPath, setQuery } from "../router.js";
import { closeLayer, openLayer, toast } from "../a11y.js";
import { conversation } from "../conversation.js";
import { loader } from "../load.js";
import { when } from "../format.js";
import { badge } from "../ui/badge.js";
import { turn } from "../ui/message.js";
import { answerWith, sourcesPanel } from "../ui/sources.js";
import { loaded, problemBox, wordsOf } from "../ui/states.js";
import { twinButton } from "../ui/twin.js";
import { icon } from "../ui/icon.js";
import { questionsFrom } from "../ui/questions.js";

/** Questions about the run, answered from its figures. @param {import("../router.js").Route} route */
export function open(route) {
  const { project, run } = state;
  const path = runPath(project, run, "chat");
  let query = route.query;
  let created = "";
  let far = false;
  /** The question that the next one takes the place of. @type {any} */
  let editing = null;
  const chats = loader();
  const segments = loader();
  const readChats = () => chats.load(async (signal) => (await get(`/projects/${project.id}/chats?limit=100`, signal)).data);
  const talk = conversation({
    project,
    run,
    id: route.params.chat,
    onCreated: (id) => {
      created = id;
      go(`${path}/${id}${location.search}`, { replace: true });
      readChats();
    },
    onEnd: readChats,
  });
  readChats();
  segments.load((signal) => getAll(`/projects/${project.id}/segments?run=${run.id}`, signal));

  const showSource = (/** @type {string} */ evidence) => {
    // Several answers may rest on one figure: the one that was pressed is meant.
    const answer = /** @type {HTMLElement | null | undefined} */ (document.activeElement?.closest("[data-answer]"))?.dataset.answer;
    sources.follow();
    setQuery({ ev: evidence, of: answer ?? query.get("of") });
  };
  const sources = sourcesPanel({ onPick: showSource, onClose: () => setQuery({ ev: null, of: null }) });
  /** The answer whose sources the address asks for. */
  const proven = () => {
    const evidence = query.get("ev");
    if (!evidence) return undefined;
    const named = talk.messages.find((m) => m.id === query.get("of"));
    return answerWith(named ? [named] : talk.thread().map((place) => place.message), evidence);
  };

  const scope = () => {
    const numbers = (query.get("seg") ?? "").split(",").map(Number);
    return (segments.data ?? []).filter((/** @type {any} */ s) => numbers.includes(s.number));
  };

  const ask = (/** @type {string} */ text) => {
    const words = text.trim();
    if (!words || talk.live) return;
    const edited = editing;
    editing = null;
    talk.ask(words, scope().map((/** @type {any} */ s) => s.id), edited);
    // The question goes to the top once; from then on the page stays where the reader left it.
    setTimeout(() => [...document.querySelectorAll("[data-question]")].at(-1)?.scrollIntoView({ block: "start" }));
  };

  const edit = (/** @type {any} */ question) => {
    const box = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("ask"));
    if (!box || talk.live) return;
    editing = question;
    box.value = question.text;
    box.focus();
    update();
  };
  const keep = () => {
    editing = null;
    const box = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("ask"));
    if (box) box.value = "";
    update();
  };

  const confirm = async (/** @type {any} */ proposal) => {
    proposal.going = true;
    update();
    try {
      await talk.confirm(proposal);
      toast(t("chat.brief_begun"));
    } catch (e) {
      toast(wordsOf(e).detail);
    }
    proposal.going = false;
    update();
  };

  const end = new IntersectionObserver((seen) => {
    far = !seen[0].isIntersecting;
    update();
  });
  const watchEnd = (/** @type {Element | undefined} */ element) => (end.disconnect(), element && end.observe(element));

  const pairs = () => {
    const out = [];
    for (const place of talk.thread()) {
      if (place.message.role === "user") out.push({ key: place.message.key ?? place.message.id, question: place, answer: /** @type {any} */ (null) });
      else if (out.length) out[out.length - 1].answer = place;
    }
    return out;
  };

  const thread = () => {
    const all = pairs();
    if (!all.length && !talk.problem) return opening(segments, ask);
    const hands = { onAsk: ask, onEdit: edit, onRegenerate: talk.regenerate, onContinue: talk.goOn, onVersion: talk.show, onConfirm: confirm, busy: !!talk.live };
    return html`${repeat(all, (/** @type {any} */ p) => p.key, (/** @type {any} */ p, /** @type {number} */ i) => turn(p.question, p.answer, { ...hands, latest: i === all.length - 1 }))}
      ${talk.problem ? problemBox(talk.problem.error, { retry: () => ask(talk.problem.text) }) : nothing}
      <div class="end" ${ref(watchEnd)}></div>`;
  };

  return {
    title: () => t("nav.chat"),
    query: (/** @type {URLSearchParams} */ next) => (query = next),
    adopt: (/** @type {any} */ next) => next.name === "chat" && created !== "" && next.params.chat === created && talk.id === created,
    close: () => (talk.close(), sources.close(), chats.stop(), segments.stop(), end.disconnect()),
    showFigure: (/** @type {any} */ fact) => {
      if (!answerWith(talk.messages, fact.evidence)) return false;
      showSource(fact.evidence);
      return true;
    },
    onKey: (/** @type {KeyboardEvent} */ e) => e.key === "Escape" && proven() && (e.preventDefault(), sources.leave()),
    render: () => html`<div class="chat-layout ${proven() ? "with-sources" : ""}">
      <aside class="chat-side" aria-label=${t("chat.list")}>${chatList(chats, talk.id, path, readChats)}</aside>
      <div class="chat-main">
        <div class="head"><h1>${t("nav.chat")}</h1><div class="head-tools">
          <button class="btn chat-list-button" @click=${() => openLayer({ title: t("chat.list"), body: () => html`<div @click=${(/** @type {any} */ e) => e.target.closest("a") && closeLayer()}>${chatList(chats, talk.id, path, readChats)}</div>` })}>${t("chat.list")}</button>
          ${talk.id ? twinButton(() => [`/chats/${talk.id}`]) : nothing}</div></div>
        <div class="thread">${talk.chat.busy && !talk.chat.data ? loaded(talk.chat, () => nothing) : talk.chat.error && !talk.chat.data ? problemBox(talk.chat.error, { retry: talk.chat.retry }) : thread()}</div>
        ${composer(talk, scope(), { ask, edit, keep, editing }, far && talk.messages.length > 0)}
      </div>
      ${proven() ? sources.render(proven(), query.get("ev") ?? "") : nothing}
    </div>`,
  };
}

/** @param {any} segments @param {(text: string) => void} ask */
const opening = (segments, ask) => html`<div class="opening">
  <p class="lead">${t("chat.lead")}</p>
  <p class="muted small">${state.info?.writer?.configured ? t("chat.with_model", { name: state.info.writer.model ?? "" }) : t("chat.without_model")}</p>
  ${loaded(segments, (data) => html`<ul class="plain starters">${questionsFrom(data).map((q) => html`<li><button class="starter" @click=${() => ask(q)}>${q}</button></li>`)}</ul>`, { rows: 3 })}
</div>`;

/** @param {any} chats @param {string | undefined} now @param {string} path @param {() => void} reread */
const chatList = (chats, now, path, reread) => html`<a class="btn btn-primary new-chat" href=${path}>${icon("plus")}${t("chat.new")}</a>
  ${loaded(chats, (data) => data.length
    ? html`<ul class="plain chat-list">${repeat(data, (/** @type {any} */ c) => c.id, (/** @type {any} */ c) => html`<li>
        <a href="${path}/${c.id}" aria-current=${c.id === now ? "page" : nothing}><span>${c.title || t("chat.untitled")}</span><span class="muted small">${when(c.created_at)}</span></a>
        <button class="btn-icon" aria-label=${t("chat.delete_named", { name: c.title || t("chat.untitled") })} title=${t("action.delete")} @click=${() => confirmDelete(c, c.id === now, path, reread)}>${icon("trash")}</button></li>`)}</ul>`
    : html`<p class="muted small">${t("chat.none")}</p>`, { rows: 3 })}`;

/** @param {any} chat @param {boolean} current @param {string} path @param {() => void} reread */
function confirmDelete(chat, current, path, reread) {
  const yes = async () => {
    closeLayer();
    try {
      await remove(`/chats/${chat.id}`);
      toast(t("chat.deleted"));
      if (current) go(path);
      else reread();
    } catch (e) {
      toast(wordsOf(e).detail);
    }
  };
  openLayer({
    title: t("chat.delete_title"),
    body: () => html`<p>${t("chat.delete_text", { name: chat.title || t("chat.untitled") })}</p>
      <p class="actions end"><button class="btn" @click=${closeLayer}>${t("action.cancel")}</button><button class="btn btn-danger" @click=${yes}>${t("action.delete")}</button></p>`,
  });
}

/** @param {any} talk @param {any[]} scope @param {{ask: (text: string) => void, edit: (question: any) => void, keep: () => void, editing: any}} hands @param {boolean} far */
function composer(talk, scope, { ask, edit, keep, editing }, far) {
  const submit = (/** @type {Event} */ e) => {
    e.preventDefault();
    const box = /** @type {HTMLTextAreaElement} */ (document.getElementById("ask"));
    if (talk.live || !box.value.trim()) return;
    ask(box.value);
    box.value = "";
  };
  const keys = (/** @type {KeyboardEvent} */ e) => {
    const box = /** @type {HTMLTextAreaElement} */ (e.target);
    // Enter ends a Chinese word while it is being composed; only afterwards does it send.
    if (e.key === "Enter" && !e.shiftKey && !e.isComposing) submit(e);
    else if (e.key === "Escape" && talk.live) talk.stop();
    else if (e.key === "Escape" && editing) keep();
    else if (e.key === "ArrowUp" && !box.value) {
      const last = talk.thread().findLast((/** @type {any} */ p) => p.message.role === "user");
      if (last) e.preventDefault(), edit(last.message);
    }
  };
  return html`<form class="composer" @submit=${submit}>
    ${far ? html`<button type="button" class="btn btn-small jump" @click=${() => document.querySelector(".end")?.scrollIntoView({ block: "end" })}>${icon("down")}${t("chat.jump")}</button>` : nothing}
    ${scope.length
      ? html`<p class="scope"><span class="muted small">${t("chat.scope")}</span> ${scope.map((s) => html`<span class="scope-chip">${badge(s.number)}<span>${s.name}</span>
          <button type="button" class="btn-icon" aria-label=${t("chat.scope_remove", { name: s.name })} @click=${() => setQuery({ seg: scope.filter((x) => x !== s).map((x) => x.number).join(",") || null })}>${icon("close")}</button></span>`)}</p>`
      : nothing}
    ${editing ? html`<p class="scope"><span class="muted small">${t("chat.editing")}</span><button type="button" class="btn btn-small" @click=${keep}>${t("action.cancel")}</button></p>` : nothing}
    <div class="ask-row">
      <label class="sr-only" for="ask">${t("chat.ask")}</label>
      <textarea id="ask" rows="1" placeholder=${scope.length === 1 ? t("chat.ask_segment", { number: scope[0].number }) : t("chat.ask")} @keydown=${keys}></textarea>
      ${talk.live
        ? html`<button type="button" class="btn" ?disabled=${!talk.live.id} @click=${talk.stop}>${icon("stop")}${t("chat.stop")}</button>`
        : html`<button class="btn btn-primary">${icon("send")}${t("chat.send")}</button>`}
    </div>
  </form>`;
}
