// Counts that follow the queue while the page is looked at. A page in the background does not listen: a browser
// opens only a few connections to one server.

const stale = document.getElementById("stale");
const shown = new Map();
for (const place of document.querySelectorAll("[data-count]")) {
  shown.set(place.dataset.count, [...(shown.get(place.dataset.count) ?? []), place]);
}
const atFirst = read("waiting");
let source = null;

function read(name) {
  return Number(shown.get(name)?.[0]?.textContent.replaceAll(",", "") ?? 0);
}

function tell(counts) {
  for (const [name, places] of shown) {
    for (const place of places) place.textContent = (counts[name] ?? 0).toLocaleString("en");
  }
  const more = counts.waiting - atFirst;
  stale.hidden = more <= 0;
  stale.querySelector("span").textContent = more === 1 ? "One more post waits." : `${more.toLocaleString("en")} more posts wait.`;
}

function listen() {
  if (source) return;
  source = new EventSource("/review/events");
  source.addEventListener("counts", (event) => tell(JSON.parse(event.data)));
}

function rest() {
  source?.close();
  source = null;
}

document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
window.addEventListener("pagehide", rest);
window.addEventListener("pageshow", () => document.hidden || listen());
