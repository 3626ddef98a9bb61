// [data-copy] puts its text on the clipboard and says so, in place and to screen readers.
import { toast } from "./toast.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  try {
    await write(button.dataset.copy);
  } catch {
    button.parentElement.querySelector("input")?.select();
    toast(button.dataset.failed, { tone: "bad" });
    return;
  }
  const label = button.querySelector("[data-copy-label]") ?? button;
  const before = label.textContent;
  if (button.classList.contains("is-copied")) return;
  label.textContent = button.dataset.copied;
  button.classList.add("is-copied");
  toast(button.dataset.copied, { stays: 2500 });
  setTimeout(() => {
    label.textContent = before;
    button.classList.remove("is-copied");
  }, 2500);
});

// A page on plain http has no clipboard; the old way still works there.
async function write(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("not copied");
}
