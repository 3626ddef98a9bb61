// Counts again when the destination changes, and keeps a second press from being sent.
const form = document.querySelector("#checkout");

async function countAgain(what) {
  const data = new URLSearchParams(new FormData(form));
  data.set("action", "update");
  const summary = document.querySelector("#summary");
  summary.classList.add("is-counting");
  const answer = await fetch(form.action, {
    method: "POST", body: data, credentials: "same-origin", headers: { Accept: "text/html" },
  }).catch(() => null);
  summary.classList.remove("is-counting");
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of what === "all" ? ["address", "summary"] : ["summary"]) {
    const fresh = page.getElementById(id);
    if (fresh) document.getElementById(id)?.replaceWith(fresh);
  }
  if (what === "all") document.querySelector("#country")?.focus();
}

if (form) {
  form.addEventListener("change", (event) => {
    const what = event.target.dataset.recount;
    if (what) countAgain(what);
  });
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    form.querySelector("[data-place]")?.setAttribute("aria-disabled", "true");
  });
  // Coming back with the back button: the form can be sent again, the server knows the attempt.
  addEventListener("pageshow", () => delete form.dataset.sent);
}
