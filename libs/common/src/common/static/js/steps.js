// How far a link's visitor comes: seen, browsed, added; each said once per tab, counted once per browser, at POST /l/<token>/steps.
// What only fetches pages, as mail scanners do, never says anything and stays a machine.

const PAGE = /^\/(l|signin|shop|cart|checkout)\/([A-Za-z0-9_-]{22})(\/|$)/;
const LOOKED_MS = 700;
const [, place, token] = PAGE.exec(location.pathname) ?? [];

function say(step) {
  const key = `step:${token}:${step}`;
  try {
    if (sessionStorage.getItem(key)) return;
    sessionStorage.setItem(key, "said");
    fetch(`/l/${token}/steps`, {
      method: "POST",
      credentials: "same-origin",
      keepalive: true,
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": document.querySelector('meta[name="csrf-token"]')?.content ?? "",
      },
      body: JSON.stringify({ step }),
    }).catch(() => sessionStorage.removeItem(key));
  } catch {
    // A browser that keeps nothing is not counted.
  }
}

function looked() {
  if (document.visibilityState !== "visible") return;
  document.removeEventListener("visibilitychange", looked);
  setTimeout(() => {
    say("seen");
    if (place === "shop") say("browsed");
  }, LOOKED_MS);
}

if (token) {
  document.addEventListener("visibilitychange", looked);
  document.addEventListener("cart:added", () => say("added"));
  looked();
}
