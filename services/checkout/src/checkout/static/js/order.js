// Another country has other address fields: ask the server for its form.
const form = document.querySelector("#by-hand");

form?.addEventListener("change", async (event) => {
  if (event.target.id !== "country") return;
  const data = new URLSearchParams(new FormData(form));
  data.set("action", "country");
  const answer = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  form.replaceChildren(...page.querySelector("#by-hand").childNodes);
  form.querySelector("#country")?.focus();
});
