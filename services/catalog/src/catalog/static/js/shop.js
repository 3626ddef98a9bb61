// The shop around its grids: the order bar, and the picture of the colour that one is at.
import { loadCart } from "/static/common/js/grid_save.js";

const bar = document.querySelector("[data-order-bar]");
if (bar) {
  const units = bar.querySelector("[data-cart-units]");
  const appear = () => { bar.hidden = units.textContent.trim() === "0"; };
  new MutationObserver(appear).observe(units, { childList: true, characterData: true, subtree: true });
  // With a grid on the page grid.js loads the cart itself.
  if (!document.querySelector("table.grid[data-cart-url]")) loadCart(bar.dataset.cartUrl, []);
}

function show(style, number) {
  const pictures = [...style.querySelectorAll("[data-pictures] img")];
  if (!pictures[number]) return;
  pictures.forEach((picture, index) => { picture.hidden = index !== number; });
  for (const button of style.querySelectorAll("[data-show]")) {
    button.setAttribute("aria-pressed", String(Number(button.dataset.show) === number));
  }
}

for (const style of document.querySelectorAll("[data-style]")) {
  style.addEventListener("focusin", (event) => {
    const row = event.target.closest("table.grid tbody tr");
    if (row) show(style, row.sectionRowIndex);
  });
  style.addEventListener("click", (event) => {
    const button = event.target.closest("[data-show]");
    if (button) show(style, Number(button.dataset.show));
  });
}
