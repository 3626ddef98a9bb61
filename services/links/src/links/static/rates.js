// "Another country": only the rate groups that fit the chosen currency and country are offered (R134).

const rates = document.querySelector("[data-rates]");
const add = rates?.parentElement.querySelector("[data-rate-add]");

if (rates && add) {
  const fresh = rates.querySelector("[data-rate-new]").cloneNode(true);
  arm(rates.querySelector("[data-rate-new]"));
  add.hidden = false;
  add.addEventListener("click", () => {
    const row = fresh.cloneNode(true);
    const ending = Date.now();
    for (const field of row.querySelectorAll("[id]")) {
      row.querySelector(`label[for="${field.id}"]`).htmlFor = `${field.id}-${ending}`;
      field.id = `${field.id}-${ending}`;
    }
    arm(row);
    rates.append(row);
    row.querySelector("select").focus();
  });
}

function arm(row) {
  const [currency, country, group] = row.querySelectorAll("select");
  const every = [...group.options];
  const fit = () => {
    const chosen = group.value;
    const fitting = every.filter(({ value, dataset }) => !value || (dataset.currency === currency.value && ["", country.value].includes(dataset.country)));
    group.replaceChildren(...fitting);
    group.value = fitting.some(({ value }) => value === chosen) ? chosen : "";
    group.disabled = !country.value;
  };
  currency.addEventListener("change", fit);
  country.addEventListener("change", fit);
  // What a disabled field would send must be sent all the same: the three travel together.
  row.closest("form")?.addEventListener("submit", () => { group.disabled = false; });
  fit();
}
