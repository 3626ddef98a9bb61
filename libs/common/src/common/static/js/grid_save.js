// Each cell to the cart: PUT {cart}/lines with catalog_id, sku_id, quantity; the last writer of a cell wins.
import { addUp, quantityOf } from "./grid_sums.js";
import { track } from "./saves.js";

const LIMIT_MS = 10000;
const RETRY_MS = [800, 2500];
const saved = new WeakMap();
const running = new WeakMap();
let newest = 0;

export async function loadCart(url, tables) {
  const answer = await fetch(`${url}/lines`, { headers: { Accept: "application/json" }, credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok) return;
  const cart = await answer.json();
  const lines = new Map(cart.lines.map((line) => [`${line.catalog_id} ${line.sku_id}`, line.quantity]));
  for (const table of tables) {
    for (const input of table.querySelectorAll(".grid__input")) {
      if (input === document.activeElement && input.value !== input.defaultValue) continue;
      const quantity = lines.get(`${input.dataset.catalog} ${input.dataset.sku}`) ?? 0;
      input.value = input.defaultValue = quantity || "";
      saved.set(input, quantity);
    }
    addUp(table);
  }
  announce(cart);
}

export function saveCell(input) {
  return track(keep(input));
}

// One request per cell at a time; what was typed meanwhile is sent after it.
async function keep(input) {
  if (running.has(input)) return running.set(input, "again");
  const quantity = quantityOf(input);
  if (quantity === null) return say(input, "failed", input.closest("table").dataset.whole);
  if (quantity === kept(input) && !input.classList.contains("is-failed")) return input.classList.contains("is-saving") ? say(input, "saved") : undefined;
  running.set(input, "once");
  say(input, "saving");
  const refusal = await put(input, quantity);
  const isStale = running.get(input) === "again";
  running.delete(input);
  if (!refusal) saved.set(input, quantity);
  if (!refusal && quantity) document.dispatchEvent(new CustomEvent("cart:added"));
  if (isStale) return keep(input);
  return refusal ? say(input, "failed", refusal) : say(input, "saved");
}

// What the server has of the cell, as far as this page knows.
function kept(input) {
  return saved.get(input) ?? (Number(input.defaultValue) || 0);
}

export function retryFailed(table) {
  for (const input of table.querySelectorAll(".is-failed")) saveCell(input);
}

// Returns undefined when saved, else the sentence to show. Trouble on the way is tried again by itself.
async function put(input, quantity) {
  const table = input.closest("table");
  for (const pause of [...RETRY_MS, null]) {
    const answer = await send(table.dataset.cartUrl, input, quantity);
    if (answer?.ok) return announce(await answer.json());
    if (answer && answer.status < 500 && answer.status !== 429) {
      const problem = await answer.json().catch(() => ({}));
      return problem.errors?.[0]?.detail || problem.detail || table.dataset.failed;
    }
    if (pause === null) return table.dataset.offline;
    await new Promise((wake) => setTimeout(wake, pause));
  }
  return table.dataset.offline;
}

function send(url, input, quantity) {
  return fetch(`${url}/lines`, {
    method: "PUT",
    credentials: "same-origin",
    keepalive: true,
    signal: AbortSignal.timeout(LIMIT_MS),
    headers: {
      "Content-Type": "application/json",
      Accept: "application/json",
      "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content,
    },
    body: JSON.stringify({ catalog_id: input.dataset.catalog, sku_id: input.dataset.sku, quantity }),
  }).catch(() => null);
}

// Answers may overtake each other; the cart's version only counts up.
function announce({ version, units, amounts }) {
  if (version < newest) return;
  newest = version;
  const language = document.documentElement.lang;
  for (const count of document.querySelectorAll("[data-cart-units]")) count.textContent = units.toLocaleString(language);
  const words = (amounts ?? []).map(({ minor, currency }) => {
    const format = new Intl.NumberFormat(language, { style: "currency", currency });
    return format.format(minor / 10 ** format.resolvedOptions().maximumFractionDigits);
  });
  for (const total of document.querySelectorAll("[data-cart-amounts]")) total.textContent = words.join(" + ");
}

function say(input, state, detail) {
  const table = input.closest("table");
  input.classList.toggle("is-saving", state === "saving");
  input.classList.toggle("is-failed", state === "failed");
  input.setAttribute("aria-invalid", String(state === "failed"));
  const cell = input.closest("td");
  cell.querySelector(".grid__note--bad")?.remove();
  input.removeAttribute("aria-describedby");
  if (state === "failed" && detail) {
    const note = document.createElement("span");
    note.className = "grid__note grid__note--bad";
    note.id = `${input.dataset.catalog}.${input.dataset.sku}-error`;
    note.textContent = detail;
    input.setAttribute("aria-describedby", note.id);
    cell.append(note);
  }
  tell(table);
}

// The line under the table: read out politely, with a button while anything is not saved.
function tell(table) {
  const place = table.parentElement.querySelector("[data-grid-state]");
  const failed = table.querySelectorAll(".is-failed").length;
  const state = failed ? "failed" : table.querySelector(".is-saving") ? "saving" : "saved";
  place.dataset.state = state;
  place.classList.toggle("is-failed", failed > 0);
  place.textContent = table.dataset[state] + (failed > 1 ? ` (${failed})` : "");
  if (!failed) return;
  const retry = document.createElement("button");
  retry.type = "button";
  retry.className = "button button--small";
  retry.textContent = table.dataset.retry;
  place.append(" ", retry);
}
