// A short sentence at the foot of the window, read out by screen readers.

const STAYS_MS = 6000;

export function toast(words, { tone = "neutral", stays = STAYS_MS } = {}) {
  const shelf = document.getElementById("toasts");
  if (!shelf || !words) return;
  const note = document.createElement("div");
  note.className = `toast toast--${tone}`;
  const text = document.createElement("span");
  text.textContent = words;
  const close = document.createElement("button");
  close.className = "icon-button";
  close.type = "button";
  close.setAttribute("aria-label", shelf.dataset.close);
  close.textContent = "×";
  close.addEventListener("click", () => note.remove());
  note.append(text, close);
  shelf.append(note);
  if (tone !== "bad") setTimeout(() => note.remove(), stays);
}
