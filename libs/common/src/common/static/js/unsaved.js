// form[data-unsaved]: leaving with changes asks first; sending does not. The browser words the question.
// A script that changes a form by itself tells so with a "changed" event on it.

const changed = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.hasAttribute("data-unsaved")) changed.add(form);
});
document.addEventListener("changed", (event) => {
  if (event.target.hasAttribute?.("data-unsaved")) changed.add(event.target);
});
document.addEventListener("submit", (event) => changed.delete(event.target));
document.addEventListener("reset", (event) => changed.delete(event.target));

window.addEventListener("beforeunload", (event) => {
  const isDirty = [...changed].some((form) => form.isConnected);
  if (isDirty) event.preventDefault();
});
