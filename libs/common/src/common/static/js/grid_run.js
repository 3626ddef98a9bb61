// The same run of sizes for every colour: what stands in one row, in all rows where it is made.
import { quantityOf } from "./grid_sums.js";

// Shows the button while there is a row to take; calls `changed` with each cell that was filled.
export function offerRun(table, changed) {
  const button = table.closest(".grid-box").querySelector("[data-same-run]");
  if (!button) return;
  let last = null;
  const look = () => { button.hidden = !sourceOf(table, last); };
  table.addEventListener("focusin", (event) => { last = event.target.closest("tbody tr") ?? last; look(); });
  table.addEventListener("input", look);
  new MutationObserver(look).observe(table, { childList: true, characterData: true, subtree: true });
  button.addEventListener("click", () => fill(table, sourceOf(table, last)).forEach(changed));
  look();
}

function sourceOf(table, last) {
  return last && isFilled(last) ? last : [...table.tBodies[0].rows].find(isFilled);
}

function isFilled(row) {
  return [...row.querySelectorAll(".grid__input")].some((input) => quantityOf(input));
}

function fill(table, source) {
  if (!source) return [];
  const filled = [];
  for (const row of table.tBodies[0].rows) {
    if (row === source) continue;
    [...source.cells].forEach((cell, column) => {
      const from = cell.querySelector(".grid__input");
      const to = row.cells[column]?.querySelector(".grid__input");
      if (!from || !to || from.value === to.value) return;
      to.value = from.value;
      filled.push(to);
    });
  }
  return filled;
}
