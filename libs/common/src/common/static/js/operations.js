// `/ops`: each card asks its own service, now and every 15 seconds while somebody looks.

const EVERY = 15_000;

// A card that says the same is left alone: nobody is told it again, and the focus stays.
function show(card, words) {
  if (card.words === words) return;
  const wasIn = card.contains(document.activeElement);
  card.words = words;
  card.innerHTML = words;
  if (wasIn) card.querySelector("a")?.focus();
}

async function ask(card) {
  try {
    const answer = await fetch(card.dataset.summary, { headers: { Accept: "text/html" }, redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    show(card, await answer.text());
    card.dataset.state = "here";
  } catch {
    show(card, card.away);
    card.dataset.state = "away";
  }
}

for (const card of document.querySelectorAll("[data-summary]")) {
  card.away = card.querySelector("template[data-away]").innerHTML;
  card.querySelector("[data-asking]").hidden = false;
  ask(card);
  setInterval(() => document.visibilityState === "visible" && ask(card), EVERY);
}
