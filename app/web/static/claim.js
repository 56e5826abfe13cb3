// Keeps the item that is open for the person who has it open, and lets go of it when they leave.

const form = document.getElementById("ruling");
const lost = document.getElementById("lost");

// What says which item, which version and which claim; never the note.
function fields() {
  const body = new URLSearchParams();
  for (const name of ["csrf", "version", "claimed_at"]) body.set(name, form.elements[name]?.value ?? "");
  return body;
}

function say(words) {
  lost.querySelector("span").textContent = words;
  lost.hidden = false;
}

async function keep() {
  try {
    const answer = await fetch(form.dataset.claim, { method: "POST", body: fields() });
    if (answer.status === 409) say(await answer.text());
    else if (answer.ok) lost.hidden = true;
  } catch {
    // The server cannot be reached; the next beat tries again, and the lease is longer than a few of them.
  }
}

if (form?.dataset.claim) {
  setInterval(keep, Number(form.dataset.everyS) * 1000);
  window.addEventListener("pagehide", () => navigator.sendBeacon(form.dataset.release, fields()));
  // Back from the browser's memory: the claim was let go on the way out.
  window.addEventListener("pageshow", (event) => event.persisted && keep());
}
