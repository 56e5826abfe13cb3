// Keys for the moderators' pages. They press the buttons and follow the links of the page, so that everything
// works without this file too. They rest while a person types, and can be switched off in the list of shortcuts.

const SETTLE_MS = 400; // A second press or click meant for the last item must not rule on this one.
const KEYS_SWITCH = "plainspeak.keys";
const BLUR_SWITCH = "plainspeak.blur";
const FOCUS_SWITCH = "plainspeak.focus";

let keysOn = null;
let settling = null;
let submitted = false;

function remembered(name, usual) {
  try {
    return (localStorage.getItem(name) ?? usual) === "on";
  } catch {
    return usual === "on"; // Storage may be forbidden; the choice then holds for this page.
  }
}

function remember(name, value) {
  try {
    localStorage.setItem(name, value ? "on" : "off");
  } catch {
    // Without storage the choice holds for this page only.
  }
}

function applyKeys(value) {
  keysOn.checked = value;
  document.documentElement.classList.toggle("keys-on", value);
  for (const target of document.querySelectorAll("[data-key]")) {
    if (value) target.setAttribute("aria-keyshortcuts", target.dataset.key);
    else target.removeAttribute("aria-keyshortcuts");
  }
}

function isTyping(target) {
  return target instanceof Element && target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
}

// The button or link of the page that a key stands for.
function press(key) {
  const target = document.querySelector(`[data-key="${key}"]`);
  if (!target) return false;
  if (target.type === "submit") target.form.requestSubmit(target);
  else target.click();
  return true;
}

// In the queue the focus moves from row to row; on an item its neighbour opens.
function move(step) {
  const links = [...document.querySelectorAll(".queue a.open")];
  if (!links.length) return press(step > 0 ? "j" : "k");
  const at = links.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + step, 0), links.length - 1);
  links[next].focus();
  return true;
}

function focusOn(id) {
  const field = document.getElementById(id);
  field?.focus();
  return Boolean(field);
}

function chooseCategory(number) {
  const option = document.querySelector(`#category option[data-number="${number}"]`);
  if (!option) return false;
  option.selected = true;
  option.parentElement.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

function reveal() {
  const revealBox = document.getElementById("reveal");
  revealBox?.click();
  return Boolean(revealBox);
}

function toggleFocus() {
  const on = document.documentElement.classList.toggle("focused");
  remember(FOCUS_SWITCH, on);
  return true;
}

function toggleLegend() {
  const legend = document.getElementById("keys");
  legend.open = !legend.open;
  if (legend.open) legend.querySelector("summary").focus();
  return true;
}

const KEYS = {
  f: () => press("f"),
  d: () => press("d"),
  e: () => press("e"),
  s: () => press("s"),
  u: () => press("u"),
  w: () => press("w"),
  a: () => press("a"),
  n: () => focusOn("note"),
  v: reveal,
  z: toggleFocus,
  j: () => move(1),
  k: () => move(-1),
  "/": () => focusOn("search"),
  "?": toggleLegend,
};
for (let number = 1; number <= 8; number += 1) KEYS[number] = () => chooseCategory(number);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && isTyping(document.activeElement)) document.activeElement.blur();
  // On a box Enter presses the first button of its form, which may rule.
  if (event.key === "Enter" && event.target.id === "all") event.preventDefault();
  if (!keysOn?.checked || event.defaultPrevented || event.repeat || event.isComposing) return;
  if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
  if (Object.hasOwn(KEYS, event.key) && KEYS[event.key]()) event.preventDefault();
});

// One form for one page: a double click rules once, and its second half not on the item that came meanwhile.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return; // A script has taken it.
  const rules = event.submitter?.closest(".bar");
  if (submitted || (rules && !document.documentElement.classList.contains("settled"))) event.preventDefault();
  else submitted = true;
});
window.addEventListener("pageshow", () => {
  submitted = false;
});
document.addEventListener("unsent", () => {
  submitted = false;
});

function arrive() {
  submitted = false;
  document.documentElement.classList.remove("settled");
  clearTimeout(settling);
  settling = setTimeout(() => document.documentElement.classList.add("settled"), SETTLE_MS);
  keysOn = document.getElementById("keys-on");
  const blurOn = document.getElementById("blur-on");
  const revealBox = document.getElementById("reveal");
  for (const [box, name] of [[keysOn, KEYS_SWITCH], [blurOn, BLUR_SWITCH]]) {
    if (!box) continue;
    box.closest("[hidden]").hidden = false;
    box.addEventListener("change", () => remember(name, box.checked));
  }
  keysOn?.addEventListener("change", () => applyKeys(keysOn.checked));
  if (keysOn) applyKeys(remembered(KEYS_SWITCH, "on"));
  if (blurOn) blurOn.checked = remembered(BLUR_SWITCH, "on");
  if (!revealBox || !blurOn) return;
  if (!blurOn.checked) revealBox.checked = true;
  blurOn.addEventListener("change", () => {
    revealBox.checked = !blurOn.checked;
  });
}

document.documentElement.classList.toggle("focused", remembered(FOCUS_SWITCH, "off"));
arrive();
document.addEventListener("turned", arrive);
