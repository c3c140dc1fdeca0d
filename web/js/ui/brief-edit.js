// @ts-check
import { t } from "../i18n.js";
import { update } from "../store.js";
import { get, patch, post } from "../api.js";
import { toast } from "../a11y.js";
import { askWhose, clashOf } from "./brief-clash.js";
import { wordsOf } from "./states.js";

/**
 * What a person does to a brief on its page: one change at a time, each with a way back.
 * @param {{id: string, brief: () => any, onChange: (brief: any) => void}} place
 */
export function briefEdit({ id, brief, onChange }) {
  let left = false;

  /** @param {string} focus id of the element to go to */
  const changed = (/** @type {any} */ next, /** @type {string} */ said, focus = "") => {
    self.editing = "";
    self.adding = "";
    self.findings = null;
    onChange(next);
    toast(said, { label: t("action.undo"), run: undo });
    if (focus) setTimeout(() => document.getElementById(focus)?.focus());
  };

  /** Runs one request; what a person typed stays if it fails. @param {() => Promise<void>} work */
  const busy = async (work) => {
    if (self.busy) return;
    self.busy = true;
    self.problem = null;
    update();
    try {
      await work();
    } catch (e) {
      self.problem = e;
      toast(wordsOf(e).detail);
    }
    self.busy = false;
    update();
  };

  /** @param {any} body @param {string} said @param {string} [focus] */
  const change = (body, said, focus) => busy(() => send(brief(), body, said, focus));

  /** @param {any} known the brief that the change is made to @param {any} body @param {string} said @param {string} [focus] @returns {Promise<void>} */
  const send = async (known, body, said, focus) => {
    try {
      changed(await patch(`/briefs/${id}`, body, { "If-Match": known.etag }), said, focus);
    } catch (e) {
      if (/** @type {any} */ (e).status !== 412) throw e;
      const theirs = await get(`/briefs/${id}`);
      const clash = clashOf(known, theirs, body);
      // What somebody else changed elsewhere in the brief is no reason to ask.
      if (!clash) return send(theirs, body, said, focus);
      const take = () => {
        self.editing = "";
        self.findings = null;
        onChange(theirs);
      };
      if (!clash.body) return take();
      askWhose(clash, { yours: () => busy(() => send(theirs, clash.body, said, focus)), theirs: take });
    }
  };

  /** Waits for a job that is longer than the server waits with us. @param {any} answer */
  const finished = async (answer) => {
    let now = answer;
    while (!now.sections && !["succeeded", "failed", "cancelled"].includes(now.state) && !left) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      now = await get(`/jobs/${answer.id}`);
    }
    if (now.problem) toast(now.problem.detail);
    return now.sections ? now : get(`/briefs/${id}`);
  };

  /** @param {string} path @param {any} body @param {string} said */
  const rewrite = (path, body, said) =>
    busy(async () => {
      const next = await finished(await post(path, body, { Prefer: "wait=10" }));
      if (!left) changed(next, said);
    });

  const undo = () =>
    busy(async () => {
      const next = await post(`/briefs/${id}:undo`);
      self.editing = "";
      self.findings = null;
      onChange(next);
      toast(t("brief.undone"));
    });

  const self = {
    busy: false,
    /** Id of the statement that is being edited, or key of the section that gets one more. */
    editing: "",
    adding: "",
    /** @type {any[] | null} what the check found; null before it was asked */
    findings: null,
    /** @type {any} */
    problem: null,
    close: () => (left = true),
    undo,
    edit: (/** @type {any} */ item) => {
      self.editing = item.id;
      self.adding = "";
      update();
      setTimeout(() => /** @type {HTMLTextAreaElement | null} */ (document.querySelector(".brief-editor textarea"))?.focus());
    },
    add: (/** @type {string} */ section) => {
      self.adding = section;
      self.editing = "";
      update();
      setTimeout(() => /** @type {HTMLTextAreaElement | null} */ (document.querySelector(".brief-editor textarea"))?.focus());
    },
    cancel: () => {
      const focus = self.editing ? `edit-${self.editing}` : `add-${self.adding}`;
      self.editing = "";
      self.adding = "";
      update();
      setTimeout(() => document.getElementById(focus)?.focus());
    },
    save: (/** @type {string} */ text) => {
      if (!text) return;
      if (self.adding) change({ added: [{ section: self.adding, text }] }, t("brief.added"), `add-${self.adding}`);
      else change({ items: [{ id: self.editing, text }] }, t("brief.saved"), `edit-${self.editing}`);
    },
    remove: (/** @type {any} */ item) => change({ items: [{ id: item.id, removed: true }] }, t("brief.removed")),
    lockItem: (/** @type {any} */ item) => change({ items: [{ id: item.id, locked: !item.locked }] }, item.locked ? t("brief.unlocked") : t("brief.locked"), `lock-${item.id}`),
    lockSection: (/** @type {any} */ section) =>
      change({ sections: [{ key: section.key, locked: !section.locked }] }, section.locked ? t("brief.unlocked") : t("brief.locked"), `lock-${section.key}`),
    regenerate: (/** @type {any} */ section) => rewrite(`/briefs/${id}:regenerate`, section ? { section: section.key } : {}, t("brief.regenerated")),
    renew: () => rewrite(`/briefs/${id}:renew`, {}, t("brief.renewed")),
    check: () =>
      busy(async () => {
        const answer = await post(`/briefs/${id}:check`);
        self.findings = answer.findings;
        onChange({ ...brief(), stage: answer.stage });
        toast(t("brief.check_done", { count: answer.findings.length }));
      }),
  };
  return self;
}
