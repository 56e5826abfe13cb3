// Points out the explanation of an edit while its mark in the text is looked at.

function explanationOf(mark) {
  return document.getElementById(mark.querySelector("a.ref")?.hash.slice(1) ?? "");
}

function point(event, on) {
  const mark = event.target instanceof Element && event.target.closest("mark");
  if (!mark) return;
  explanationOf(mark)?.classList.toggle("pointed", on);
}

for (const [begin, end] of [["focusin", "focusout"], ["mouseover", "mouseout"]]) {
  document.addEventListener(begin, (event) => point(event, true));
  document.addEventListener(end, (event) => point(event, false));
}
