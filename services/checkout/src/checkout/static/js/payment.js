// Presses "Check payment" by itself while there is something to wait for; shows what came of it.
const form = document.querySelector("#check-payment");
const state = document.querySelector("[data-payment]").dataset.payment;
const PAUSE = 2000;
let left = 90;

async function check() {
  if (document.hidden) return again();
  const answer = await fetch(form.action, {
    method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin",
    headers: { Accept: "application/json" },
  }).catch(() => null);
  if (!answer?.ok) return again();
  const found = await answer.json();
  if (found.state === state) return again();
  location.replace(found.url);
}

function again() {
  left -= 1;
  if (left > 0) setTimeout(check, PAUSE);
}

check();
