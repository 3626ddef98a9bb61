// The order sheet's drop area: says which file was chosen, and that it is over it. Dropping works without.
for (const area of document.querySelectorAll("[data-drop]")) {
  const file = area.querySelector("input[type=file]");
  const name = area.querySelector("[data-drop-name]");
  const asked = name.textContent;
  file.addEventListener("change", () => { name.textContent = file.files[0]?.name ?? asked; });
  for (const kind of ["dragenter", "dragover"]) area.addEventListener(kind, () => area.classList.add("is-over"));
  for (const kind of ["dragleave", "drop"]) area.addEventListener(kind, () => area.classList.remove("is-over"));
}
