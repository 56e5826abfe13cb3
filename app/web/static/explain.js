// Shows an explanation while it is written. Without script the button loads the page again with the whole of it.

const CUT_OFF = "The explanation was cut off. Ask again.";

let form = null;
let asking = null;

async function ask(event) {
  event.preventDefault();
  const said = form.querySelector("output");
  const [start, stop] = form.querySelectorAll("button");
  asking?.abort();
  asking = new AbortController();
  said.textContent = "";
  start.disabled = true;
  stop.hidden = false;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { accept: "text/plain" },
      signal: asking.signal,
    });
    if (!answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      said.textContent = page.querySelector(".error-page .said")?.textContent ?? CUT_OFF;
      return;
    }
    const pieces = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await pieces.read(); !piece.done; piece = await pieces.read()) said.append(piece.value);
  } catch (error) {
    if (error.name !== "AbortError") said.textContent = CUT_OFF;
  } finally {
    start.disabled = false;
    stop.hidden = true;
  }
}

function arrive() {
  asking?.abort();
  form = document.getElementById("explanation");
  form?.addEventListener("submit", ask);
  form?.querySelector("[data-stop]").addEventListener("click", () => asking?.abort());
}

arrive();
document.addEventListener("turned", arrive);
window.addEventListener("pagehide", () => asking?.abort());
