// Counts again when the destination changes, and keeps a second press from being sent.
const form = document.querySelector("#checkout");
// Not form.action: a page drawn anew brings the button of that name, which is for no script.
const place = form?.getAttribute("action");

async function redraw(address, request, parts) {
  const summary = document.querySelector("#summary");
  summary.classList.add("is-counting");
  const answer = await fetch(address, {
    ...request, credentials: "same-origin", headers: { Accept: "text/html" },
  }).catch(() => null);
  summary.classList.remove("is-counting");
  if (!answer?.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of parts) {
    const fresh = page.getElementById(id);
    if (fresh) document.getElementById(id)?.replaceWith(fresh);
  }
  return true;
}

async function countAgain(what) {
  const data = new URLSearchParams(new FormData(form));
  data.set("action", "update");
  const parts = what === "all" ? ["address", "summary"] : ["summary"];
  if (await redraw(place, { method: "POST", body: data }, parts) && what === "all") {
    document.querySelector("#country")?.focus();
  }
}

// What was typed besides the address stays: only that and the sums are drawn anew.
async function chooseSaved(button) {
  const body = new URLSearchParams(new FormData(form, button));
  if (await redraw(place, { method: "POST", body }, ["address", "summary"])) {
    document.querySelector("#address .saved__one[aria-current]")?.focus();
  } else form.requestSubmit(button);
}

if (form) {
  form.addEventListener("change", (event) => {
    const what = event.target.dataset.recount;
    if (what) countAgain(what);
    if (event.target.name === "payment_method") {
      const button = form.querySelector("[data-place]");
      button.textContent = button.dataset[event.target.value];
    }
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest(".saved__one");
    if (!button) return;
    event.preventDefault();
    chooseSaved(button);
  });
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    form.querySelector("[data-place]")?.setAttribute("aria-disabled", "true");
  });
  // Coming back with the back button: the form can be sent again, the server knows the attempt.
  addEventListener("pageshow", () => delete form.dataset.sent);
}
