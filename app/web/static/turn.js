// Goes from one item to the next without loading a page: the answer to a ruling is the next item, and takes the
// place of this one. What keeps something of an item, such as its claim, hears of it by the event "turned".

const FORMS = '#ruling, form[action="/review/undo"]';
const UNREACHED = "The server could not be reached, so nothing may have been stored.";
let shown = place();

function place() {
  return location.pathname + location.search;
}

// Where a form goes, and which part of the page that comes it is about.
function aim(form, button) {
  return new URL(button?.getAttribute("formaction") ?? form.getAttribute("action"), location);
}

async function send(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  return fetch(aim(form, button), { method: "POST", body, headers: { accept: "text/html", "x-turn": "1" } });
}

function turn(page, address, part, leaves) {
  document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
  document.body.className = page.body.className;
  document.title = page.title;
  if (address) {
    history.pushState(null, "", address);
    shown = place();
  }
  scrollTo(0, 0);
  const about = document.getElementById(part);
  if (about) about.focus();
  else document.querySelector("main").focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("turned", { detail: { leaves } }));
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches(FORMS)) return;
  event.preventDefault();
  try {
    const answer = await send(form, event.submitter);
    if (answer.redirected) {
      location.assign(answer.url);
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const refusal = page.querySelector(".error-page .said");
    if (refusal) {
      document.dispatchEvent(new CustomEvent("unsent", { detail: { words: refusal.textContent } }));
      return;
    }
    const part = aim(form, event.submitter).hash.slice(1);
    turn(page, answer.headers.get("content-location"), part, form.id !== "ruling");
  } catch {
    document.dispatchEvent(new CustomEvent("unsent", { detail: { words: UNREACHED } }));
  }
});

// Back and forward load the page; a step within one, to the explanation of an edit, does not.
window.addEventListener("popstate", () => place() !== shown && location.reload());
