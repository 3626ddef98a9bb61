// Saves on their way, and the links that wait for them: a[data-after-saves] leads on once all is saved,
// and stops at the first field that is not. What it says goes into [data-way-state] beside it.
const running = new Set();
const STATES = "[data-way-state]";

export function track(save) {
  running.add(save);
  save.finally(() => {
    running.delete(save);
    if (!running.size && !unsaved().length) document.querySelectorAll(STATES).forEach((state) => say(state, ""));
  });
  return save;
}

function unsaved() {
  return [...document.querySelectorAll("main [aria-invalid='true']")];
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-after-saves]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  // A finger on a link does not leave the field everywhere; leaving it is what saves it.
  if (document.activeElement?.matches("input")) document.activeElement.blur();
  const wrong = unsaved();
  if (!running.size && !wrong.length) return;
  event.preventDefault();
  if (link.hasAttribute("aria-busy")) return;
  // What failed on the way may be saved by now: each is tried once more.
  for (const field of wrong) field.dispatchEvent(new Event("change", { bubbles: true }));
  goOn(link);
});

async function goOn(link) {
  const state = link.parentElement.querySelector(STATES);
  link.setAttribute("aria-busy", "true");
  say(state, state.dataset.saving);
  while (running.size) await Promise.allSettled(running);
  link.removeAttribute("aria-busy");
  const [wrong] = unsaved();
  say(state, wrong ? state.dataset.unsaved : "");
  if (!wrong) return link.isConnected && link.click();
  wrong.closest("details")?.setAttribute("open", "");
  return wrong.focus();
}

function say(state, words) {
  state.classList.toggle("is-failed", words === state.dataset.unsaved);
  if (state.textContent !== words) state.textContent = words;
}
