// The only module that names the lit-html WebJar.
export { html, svg, render, nothing } from "/webjars/lit-html/3.3.2/lit-html.js";
export { repeat } from "/webjars/lit-html/3.3.2/directives/repeat.js";
export { live } from "/webjars/lit-html/3.3.2/directives/live.js";
export { ref } from "/webjars/lit-html/3.3.2/directives/ref.js";
export { ifDefined } from "/webjars/lit-html/3.3.2/directives/if-defined.js";
export { guard } from "/webjars/lit-html/3.3.2/directives/guard.js";
export { keyed } from "/webjars/lit-html/3.3.2/directives/keyed.js";
