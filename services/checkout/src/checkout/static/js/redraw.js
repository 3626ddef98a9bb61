// Brings a part of the page to what the server draws now. Nodes that stay are kept, so that a button being
// pressed, the focus and an opened line live on; a field with something unsaved in it keeps what was typed.
// Rows that come and go need an id.

export function redraw(now, fresh) {
  if (now.nodeName === "NOSCRIPT") return;
  if (now.nodeType !== Node.ELEMENT_NODE) {
    if (now.data !== fresh.data) now.data = fresh.data;
    return;
  }
  if (isUnsaved(now)) return;
  if (now.nodeName === "INPUT" && now.value !== fresh.value) now.value = fresh.value;
  redrawAttributes(now, fresh);
  redrawChildren(now, fresh);
}

// A cell goes with its field: the words at a refused number stay as long as the number.
function isUnsaved(node) {
  const field = node.matches("td, .field") ? node.querySelector("input") : node;
  return field?.nodeName === "INPUT" && field.value !== field.defaultValue;
}

function redrawAttributes(now, fresh) {
  for (const { name } of [...now.attributes]) {
    if (name !== "open" && !fresh.hasAttribute(name)) now.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (now.getAttribute(name) !== value) now.setAttribute(name, value);
  }
}

function redrawChildren(now, fresh) {
  const spare = [...now.childNodes];
  const wanted = [...fresh.childNodes].map((child) => {
    const at = spare.findIndex((each) => each.nodeName === child.nodeName && (each.id ?? "") === (child.id ?? ""));
    if (at < 0) return child;
    const [kept] = spare.splice(at, 1);
    redraw(kept, child);
    return kept;
  });
  for (const gone of spare) gone.remove();
  wanted.forEach((child, at) => {
    if (now.childNodes[at] !== child) now.insertBefore(child, now.childNodes[at] ?? null);
  });
}
