// Units per row, per column and in all. Nothing here talks to the server.

// Full-width digits are typed by Japanese keyboards; separators come from spreadsheets.
export function digitsOf(text) {
  const plain = text.normalize("NFKC").replace(/[\s,.'’]+(?=\d{3}\b)/g, "").trim();
  return /^\d{1,6}$/.test(plain) ? String(Number(plain)) : plain;
}

export function quantityOf(input) {
  const digits = digitsOf(input.value);
  if (digits === "") return 0;
  return /^\d+$/.test(digits) ? Number(digits) : null;
}

// The server takes no more in one cell; what it refuses is not summed.
const LARGEST = 99999;

export function addUp(table) {
  const columns = new Map();
  let all = 0;
  for (const row of table.tBodies[0].rows) {
    let units = 0;
    for (const input of row.querySelectorAll(".grid__input")) {
      const typed = quantityOf(input) ?? 0;
      const quantity = typed > LARGEST ? 0 : typed;
      const column = input.closest("td").cellIndex - 1;
      units += quantity;
      columns.set(column, (columns.get(column) ?? 0) + quantity);
      input.classList.toggle("is-filled", quantity > 0);
    }
    all += units;
    write(row.querySelector("[data-row-sum]"), units);
  }
  for (const output of table.querySelectorAll("[data-column-sum]")) {
    write(output, columns.get(Number(output.dataset.columnSum)) ?? 0);
  }
  write(table.querySelector("[data-grid-sum]"), all);
}

function write(output, units) {
  if (output) output.textContent = units.toLocaleString(document.documentElement.lang);
}
