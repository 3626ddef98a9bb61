// form[data-unsaved]: leaving with changes asks first; sending does not. The browser words the question.

const changed = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.hasAttribute("data-unsaved")) changed.add(form);
});
document.addEventListener("submit", (event) => changed.delete(event.target));
document.addEventListener("reset", (event) => changed.delete(event.target));

window.addEventListener("beforeunload", (event) => {
  const isDirty = [...changed].some((form) => form.isConnected);
  if (isDirty) event.preventDefault();
});
