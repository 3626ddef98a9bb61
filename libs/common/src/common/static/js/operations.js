// `/ops`: each card asks its own service, now and every 15 seconds while somebody looks.

const EVERY = 15_000;

async function ask(card) {
  const away = card.querySelector("template[data-away]") ?? card.away;
  card.away = away;
  try {
    const answer = await fetch(card.dataset.summary, { headers: { Accept: "text/html" }, redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    card.innerHTML = await answer.text();
    card.dataset.state = "here";
  } catch {
    card.replaceChildren(away.content.cloneNode(true));
    card.dataset.state = "away";
  }
}

for (const card of document.querySelectorAll("[data-summary]")) {
  card.querySelector("[data-asking]").hidden = false;
  ask(card);
  setInterval(() => document.visibilityState === "visible" && ask(card), EVERY);
}
