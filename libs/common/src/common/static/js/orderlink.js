// What every page needs. Each module finds its own elements by a data attribute and works on fragments too.
import "./copy.js";
import "./dialog.js";
import "./menu.js";
import "./steps.js";
import "./unsaved.js";
import "./zone.js";
import { toast } from "./toast.js";

const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

document.addEventListener("htmx:config:request", (event) => {
  event.detail.ctx.request.headers["X-CSRFToken"] = token();
});
for (const failure of ["htmx:response:error", "htmx:error"]) {
  document.addEventListener(failure, () => toast(document.body.dataset.failed ?? "", { tone: "bad" }));
}

// The reader starts at what is wrong, and a film behind a form stays still for those who asked for calm.
document.querySelector("[data-focus]")?.focus();
if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
  for (const film of document.querySelectorAll("[data-calm]")) film.remove();
}
