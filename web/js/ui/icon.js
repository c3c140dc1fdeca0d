// @ts-check
import { html } from "../lib/lit.js";

/** Stroke paths on a 16-unit square, drawn for Coterie. */
const PATHS = {
  home: "M2.5 7.5 8 3l5.5 4.5V13a.5.5 0 0 1-.5.5h-3v-4H6v4H3a.5.5 0 0 1-.5-.5Z",
  data: "M2.5 3.5h11v9h-11zM2.5 6.5h11M6 6.5v6",
  run: "M4.5 3.2v9.6L12.5 8Z",
  segments: "M5.5 8.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM12 7a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM10.5 14a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
  map: "M2.5 2.5v11h11M5.5 10.5h.01M7 7h.01M9.5 8.8h.01M11 4.5h.01M12.6 7h.01",
  chat: "M2.5 3h11v8H7l-3 2.5V11H2.5Z",
  briefs: "M4 2.5h5.5L12 5v8.5H4zM9.5 2.5V5H12M6 7.5h4M6 10h4",
  settings: "M2.5 4.5h6M11.5 4.5h2M10 3v3M2.5 11.5h2M7.5 11.5h6M6 10v3M2.5 8h8M12.5 8h1M11.5 6.5v3",
  code: "M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5",
  help: "M6 6a2 2 0 1 1 2.8 1.8c-.5.3-.8.7-.8 1.4M8 11.6v.1M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Z",
  theme: "M8 2a6 6 0 1 0 6 6 4.5 4.5 0 0 1-6-6Z",
  globe: "M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM1.5 8h13M8 1.5c4 4.5 4 8.5 0 13-4-4.5-4-8.5 0-13Z",
  jobs: "M2.5 4h11M2.5 8h7M2.5 12h4M12 9v4.500M9.8 11.200h4.4",
  warn: "M8 2.5 14.5 13.500h-13ZM8 6.500v3.500M8 11.800v.1",
  info: "M8 14.500a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM8 7.500V11M8 5v.1",
  check: "M3 8.5 6.5 12 13 4.5",
  close: "M4 4l8 8M12 4l-8 8",
  plus: "M8 3.500v9M3.5 8h9",
  minus: "M3.5 8h9",
  fit: "M2.5 6V2.500H6M10 2.500h3.500V6M13.5 10v3.500H10M6 13.500H2.500V10",
  down: "M8 2.500v8M4.5 7 8 10.5 11.5 7M3 13.500h10",
  upload: "M8 10.500v-8M4.5 6 8 2.5 11.5 6M3 13.500h10",
  print: "M4.5 6V2.500h7V6M4.5 11.500h-2V6h11v5.500h-2M4.5 9.500h7v4h-7z",
  edit: "M10.5 3 13 5.5 5.5 13H3v-2.500Z",
  trash: "M3 4.500h10M6 4.500v-2h4v2M4.5 4.500l.5 9h6l.5-9",
  back: "M9.5 3.5 5 8l4.5 4.5",
  forward: "M6.5 3.5 11 8l-4.5 4.5",
  again: "M12.500 8a4.500 4.500 0 1 1-1.300-3.200M12.500 2.500v2.800H9.700",
  stop: "M4 4h8v8H4z",
  send: "M8 13V3.500M4 7.500l4-4 4 4",
  link: "M6.5 9.5 13 3M9 3h4v4M11 9.500V13H3V5h3.5",
  copy: "M5.5 5.500h8v8h-8zM10.5 5.500v-3h-8v8h3",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  lock: "M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
  unlock: "M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 4.6-1.4",
  undo: "M5.5 3 2.5 6l3 3M2.5 6h7a4 4 0 0 1 0 8H6",
  table: "M2.5 3.500h11v9h-11zM2.5 6.500h11M2.5 9.500h11",
};

/** @param {keyof typeof PATHS} name decorative: the control that holds it has the words */
export const icon = (name) => html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d=${PATHS[name]}></path></svg>`;
