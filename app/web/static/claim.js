// Keeps the item that is open for the person who has it open, and lets go of it when they leave.

let form = null;
let beat = null;

// What says which item, which version and which claim; never the note.
function fields() {
  const body = new URLSearchParams();
  for (const name of ["csrf", "version", "claimed_at"]) body.set(name, form.elements[name]?.value ?? "");
  return body;
}

function say(words) {
  const lost = document.getElementById("lost");
  lost.querySelector("span").textContent = words;
  lost.hidden = false;
}

async function keep() {
  const asked = form;
  try {
    const answer = await fetch(form.dataset.claim, { method: "POST", body: fields() });
    if (asked !== form) return;
    if (answer.status === 409) say(await answer.text());
    else if (answer.status === 401) say("You are not logged in any more, so this item is not kept for you.");
    else if (answer.ok) document.getElementById("lost").hidden = true;
  } catch {
    // The server cannot be reached; the next beat tries again, and the lease is longer than a few of them.
  }
}

function leave() {
  if (form) navigator.sendBeacon(form.dataset.release, fields());
}

function arrive() {
  clearInterval(beat);
  form = document.querySelector("#ruling[data-claim]");
  if (form) beat = setInterval(keep, Number(form.dataset.everyS) * 1000);
}

arrive();
document.addEventListener("turned", (event) => {
  // Whoever ruled or skipped has let go of the item by that.
  if (event.detail.leaves) leave();
  arrive();
});
document.addEventListener("unsent", (event) => {
  say(event.detail.words);
  document.getElementById("lost").scrollIntoView({ block: "center" });
});
window.addEventListener("pagehide", leave);
// Back from the browser's memory: the claim was let go on the way out.
window.addEventListener("pageshow", (event) => event.persisted && form && keep());
