// Sliders and numbers that move together, and an answer that follows them. Without this file the form does the same by its button.

const NEVER = 101;
const WAIT_MS = 120;

const form = document.getElementById("policy-form");
let timer = 0;
let asking = new AbortController();

function show(step) {
  const slider = step.querySelector("input[type=range]");
  const number = step.querySelector("input[type=text]");
  slider.setAttribute("aria-valuetext", number.value ? `${number.value}%` : "never");
}

async function ask() {
  asking.abort();
  asking = new AbortController();
  try {
    const answer = await fetch("/policy/preview", {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      signal: asking.signal,
    });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const refusal = page.querySelector(".error-page .said");
    if (refusal) document.getElementById("answer").textContent = refusal.textContent;
    for (const old of document.querySelectorAll("[data-live]")) {
      const fresh = page.getElementById(old.id);
      if (fresh) old.replaceChildren(...fresh.childNodes);
    }
  } catch (error) {
    if (error.name !== "AbortError") document.getElementById("answer").textContent = "The service could not be asked. Try Preview.";
  }
}

form.addEventListener("input", (event) => {
  const step = event.target.closest(".step");
  if (!step) return;
  const slider = step.querySelector("input[type=range]");
  const number = step.querySelector("input[type=text]");
  if (event.target === slider) {
    number.value = Number(slider.value) >= NEVER ? "" : slider.value;
  } else {
    const value = Number.parseFloat(number.value.replace(",", "."));
    slider.value = number.value.trim() === "" || Number.isNaN(value) ? NEVER : Math.min(100, Math.max(0, value));
  }
  show(step);
  clearTimeout(timer);
  timer = setTimeout(ask, WAIT_MS);
});
