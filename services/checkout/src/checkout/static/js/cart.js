// Saves a changed quantity, day or note at once, then shows the cart as the server counts it.
const cart = document.querySelector("#cart");

async function save(input, changed = input) {
  const quantity = Number(input.value.normalize("NFKC").trim() || "0");
  const wish = changed === input ? {} : { [changed.dataset.wish]: changed.value };
  const answer = await fetch(`${cart.dataset.cart}/lines`, {
    method: "PUT",
    credentials: "same-origin",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/json",
      "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content,
    },
    body: JSON.stringify({ catalog_id: input.dataset.catalog, sku_id: input.dataset.sku, quantity, ...wish }),
  }).catch(() => null);
  if (answer?.ok) return refresh(await answer.json(), changed);
  const problem = (await answer?.json().catch(() => null)) ?? {};
  changed.setAttribute("aria-invalid", "true");
  say(problem.errors?.[0]?.detail || problem.detail || cart.dataset.failed);
  return undefined;
}

async function refresh({ units }, input) {
  const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const name = input.name;
  const open = [...document.querySelectorAll(".line-wish[open] [data-wish]")].map((field) => field.name);
  document.querySelector("main").replaceChildren(...page.querySelector("main").children);
  document.querySelector("[data-cart-units]").textContent = units.toLocaleString(document.documentElement.lang);
  wire();
  for (const field of open) document.getElementsByName(field)[0]?.closest("details").setAttribute("open", "");
  document.getElementsByName(name)[0]?.focus();
}

function say(words) {
  const place = document.querySelector("[data-cart-state]");
  if (place) place.textContent = words;
}

function wire() {
  for (const button of document.querySelectorAll("[data-remove]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const input = button.parentElement.querySelector("input");
      input.value = "0";
      save(input);
    });
  }
  for (const input of document.querySelectorAll(".quantity__input")) {
    input.addEventListener("change", () => save(input));
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") { event.preventDefault(); input.blur(); }
    });
  }
  for (const field of document.querySelectorAll("[data-wish]")) {
    field.addEventListener("change", () => save(field.closest("tr").querySelector(".quantity__input"), field));
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") { event.preventDefault(); field.blur(); }
    });
  }
}

if (cart) wire();
