// Size × colour grids: keyboard, spreadsheet paste and copy, sums, and saving each cell to the cart.
// Contract: table.grid[data-cart-url], its inputs carry data-catalog and data-sku.
import { moveOn, pasteInto, copyRow } from "./grid_keys.js";
import { offerRun } from "./grid_run.js";
import { loadCart, saveCell, retryFailed } from "./grid_save.js";
import { addUp, digitsOf } from "./grid_sums.js";

const PAUSE_MS = 350;
const timers = new WeakMap();

function settle(input) {
  const digits = digitsOf(input.value);
  input.value = digits === "0" ? "" : digits;
  addUp(input.closest("table"));
}

function later(input) {
  clearTimeout(timers.get(input));
  timers.set(input, setTimeout(() => saveCell(input), PAUSE_MS));
}

function now(input) {
  clearTimeout(timers.get(input));
  saveCell(input);
}

export function wire(table) {
  addUp(table);
  table.addEventListener("focusin", (event) => event.target.select?.());
  table.addEventListener("input", (event) => { addUp(table); later(event.target); });
  table.addEventListener("change", (event) => { settle(event.target); now(event.target); });
  table.addEventListener("keydown", (event) => moveOn(event, table));
  table.addEventListener("copy", (event) => copyRow(event));
  table.addEventListener("paste", (event) => {
    for (const input of pasteInto(event, table)) { settle(input); now(input); }
  });
  offerRun(table, (input) => { settle(input); now(input); });
  table.parentElement.querySelector("[data-grid-state]")?.addEventListener("click", (event) => {
    if (event.target.closest("button")) retryFailed(table);
  });
}

const tables = [...document.querySelectorAll("table.grid[data-cart-url]")];
tables.forEach(wire);
for (const url of new Set(tables.map((table) => table.dataset.cartUrl))) {
  loadCart(url, tables.filter((table) => table.dataset.cartUrl === url));
}
// A key pressed just before leaving is still sent.
addEventListener("pagehide", () => {
  const cell = document.activeElement;
  if (cell?.matches?.(".grid__input")) now(cell);
});
