// Keys for the review pages. They press the buttons and follow the links of the page, so that everything works
// without this file too. They rest while a person types, and can be switched off in the list of shortcuts.

const SETTLE_MS = 400; // A second press meant for the last item must not rule on this one.
const SWITCH = "plainspeak.keys";

const legend = document.getElementById("keys");
const on = document.getElementById("keys-on");
const loadedAt = performance.now();
let submitted = false;

function remembered() {
  try {
    return localStorage.getItem(SWITCH) !== "off";
  } catch {
    return true; // Storage may be forbidden; the keys then work for this page.
  }
}

function remember(value) {
  try {
    localStorage.setItem(SWITCH, value ? "on" : "off");
  } catch {
    // Without storage the choice holds for this page only.
  }
}

function apply(value) {
  on.checked = value;
  document.documentElement.classList.toggle("keys-on", value);
  for (const button of document.querySelectorAll("[data-key]")) {
    if (value) button.setAttribute("aria-keyshortcuts", button.dataset.key);
    else button.removeAttribute("aria-keyshortcuts");
  }
}

function isTyping(target) {
  return target instanceof Element && target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
}

function rule(key) {
  const button = document.querySelector(`.bar [data-key="${key}"]`);
  if (!button || performance.now() - loadedAt < SETTLE_MS) return false;
  button.form.requestSubmit(button);
  return true;
}

// In the queue the focus moves from row to row; on an item its neighbour opens.
function move(step) {
  const links = [...document.querySelectorAll(".queue a.open")];
  if (links.length) {
    const at = links.indexOf(document.activeElement);
    const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + step, 0), links.length - 1);
    links[next].focus();
    return true;
  }
  const link = document.querySelector(`.crumbs a[rel=${step > 0 ? "next" : "prev"}]`);
  link?.click();
  return Boolean(link);
}

function focusNote() {
  const note = document.getElementById("note");
  note?.focus();
  return Boolean(note);
}

function reveal() {
  const box = document.getElementById("reveal");
  box?.click();
  return Boolean(box);
}

function toggleLegend() {
  legend.open = !legend.open;
  if (legend.open) legend.querySelector("summary").focus();
  return true;
}

const KEYS = {
  f: () => rule("f"),
  d: () => rule("d"),
  e: () => rule("e"),
  n: focusNote,
  v: reveal,
  j: () => move(1),
  k: () => move(-1),
  "?": toggleLegend,
};

document.addEventListener("keydown", (event) => {
  if (!on.checked || event.defaultPrevented || event.repeat || event.isComposing) return;
  if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
  if (Object.hasOwn(KEYS, event.key) && KEYS[event.key]()) event.preventDefault();
});

// One ruling for one page: a double click sends one form.
document.addEventListener("submit", (event) => {
  if (submitted) event.preventDefault();
  submitted = true;
});
window.addEventListener("pageshow", () => {
  submitted = false;
});

on.closest("[hidden]").hidden = false;
on.addEventListener("change", () => {
  apply(on.checked);
  remember(on.checked);
});
apply(remembered());
