// Hands on the keyboard: arrows and Enter move between cells, paste fills a block, copy takes a row.

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Enter: [1, 0] };

export function moveOn(event, table) {
  const step = STEPS[event.key];
  const input = event.target;
  if (!step || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (step[1] !== 0 && !isAtEdge(input, step[1])) return;
  event.preventDefault();
  const [down, across] = event.key === "Enter" && event.shiftKey ? [-1, 0] : step;
  const { row, column } = placeOf(input);
  find(table, row, column, down, across)?.focus();
}

// Returns the inputs that were filled, in reading order.
export function pasteInto(event, table) {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!/[\t\n]/.test(text.trim())) return [];
  event.preventDefault();
  const start = placeOf(event.target);
  const filled = [];
  text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").forEach((line, down) => {
    line.split("\t").forEach((value, across) => {
      const input = inputAt(table, start.row + down, start.column + across);
      if (!input) return;
      input.value = value.trim();
      filled.push(input);
    });
  });
  return filled;
}

// Copying with the whole cell selected takes its row, tab between cells, as a spreadsheet reads it.
export function copyRow(event) {
  const input = event.target;
  if (!input.matches?.(".grid__input") || input.selectionEnd - input.selectionStart !== input.value.length) return;
  const cells = [...input.closest("tr").querySelectorAll("td:not(.grid__sum)")];
  event.clipboardData.setData("text/plain", cells.map((td) => td.querySelector("input")?.value ?? "").join("\t"));
  event.preventDefault();
}

function placeOf(input) {
  const cell = input.closest("td");
  return { row: cell.parentElement.sectionRowIndex, column: cell.cellIndex };
}

function inputAt(table, row, column) {
  return table.tBodies[0].rows[row]?.cells[column]?.querySelector(".grid__input");
}

// Cells that are not made are stepped over.
function find(table, row, column, down, across) {
  const { rows } = table.tBodies[0];
  for (let r = row + down, c = column + across; rows[r]?.cells[c]; r += down, c += across) {
    const input = inputAt(table, r, c);
    if (input) return input;
  }
  return null;
}

function isAtEdge(input, direction) {
  const isAllSelected = input.selectionStart === 0 && input.selectionEnd === input.value.length;
  if (isAllSelected) return true;
  return direction < 0 ? input.selectionEnd === 0 : input.selectionStart === input.value.length;
}
