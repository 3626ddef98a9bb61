// Saves a changed quantity, day or note at once, then shows the cart as the server counts it.
import { digitsOf, quantityOf } from "/static/common/js/grid_sums.js";
import { track } from "/static/common/js/saves.js";
import { redraw } from "./redraw.js";

const cart = document.querySelector("#cart");
const FIELDS = ".quantity__input, [data-wish]";
let turn = Promise.resolve();
let newest = 0;

// One after the other, so that the last writer of a field wins.
function save(field) {
  turn = turn.catch(() => null).then(() => send(field));
  return track(turn);
}

async function send(field) {
  if (!field.isConnected) return;
  const typed = field.value;
  const input = field.closest("tr").querySelector(".quantity__input");
  const wish = field === input ? {} : { [field.dataset.wish]: typed };
  const quantity = field === input ? quantityOf(input) : Number(digitsOf(input.defaultValue));
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
  if (!answer?.ok) {
    const problem = (await answer?.json().catch(() => null)) ?? {};
    return refuse(field, problem.errors?.[0]?.detail || problem.detail || cart.dataset.failed);
  }
  accept(field, typed);
  return refresh(await answer.json());
}

async function refresh({ units }) {
  const mine = ++newest;
  const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== newest) return;
  offerRemoving(page);
  redraw(document.querySelector("main"), page.querySelector("main"));
  document.querySelector("[data-cart-units]").textContent = units.toLocaleString(document.documentElement.lang);
}

// What was sent is what the field starts from; typed on meanwhile, it stays a change.
function accept(field, sent) {
  field.defaultValue = sent;
  field.removeAttribute("aria-invalid");
  field.removeAttribute("aria-describedby");
  placeOf(field).classList.remove("field--wrong");
  placeOf(field).querySelector(".field__error")?.remove();
}

function refuse(field, words) {
  const note = document.createElement("span");
  note.id = `${field.name}-error`;
  note.className = "field__error";
  note.setAttribute("role", "alert");
  note.textContent = words;
  placeOf(field).querySelector(".field__error")?.remove();
  placeOf(field).append(note);
  placeOf(field).classList.add("field--wrong");
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", note.id);
}

function placeOf(field) {
  return field.closest(".field, td");
}

function offerRemoving(page) {
  for (const button of page.querySelectorAll("[data-remove]")) button.hidden = false;
}

// The focus goes to the line that takes the place of the one removed.
async function remove(button) {
  const row = button.closest("tr");
  const next = row.nextElementSibling ?? row.previousElementSibling;
  const input = row.querySelector(".quantity__input");
  input.value = "0";
  await save(input);
  if (row.isConnected || document.activeElement !== document.body) return;
  (next?.isConnected ? next.querySelector("[data-remove]") : document.querySelector("main"))?.focus();
}

if (cart) {
  offerRemoving(document);
  const main = document.querySelector("main");
  main.addEventListener("click", (event) => {
    const button = event.target.closest("[data-remove]");
    if (button) remove(button);
  });
  main.addEventListener("change", (event) => {
    if (event.target.matches(FIELDS)) save(event.target);
  });
  main.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches(FIELDS)) return;
    event.preventDefault();
    event.target.blur();
    event.target.focus();
  });
}
