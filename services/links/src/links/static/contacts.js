// Adds and removes contacts on the link form. Without it the form has one empty contact at its end.

const section = document.querySelector("[data-contacts]");
const add = section?.querySelector("[data-contact-add]");

if (section && add) {
  add.hidden = false;
  for (const contact of section.querySelectorAll("fieldset")) arm(contact);
  add.addEventListener("click", () => {
    const all = section.querySelectorAll("fieldset");
    const made = all[all.length - 1].cloneNode(true);
    const number = Date.now();
    for (const input of made.querySelectorAll("input")) {
      const label = made.querySelector(`label[for="${input.id}"]`);
      input.value = "";
      input.id = `${input.id}-${number}`;
      if (label) label.htmlFor = input.id;
    }
    made.querySelector("legend").textContent = made.querySelector("legend").textContent.replace(/\d+$/, all.length + 1);
    arm(made);
    add.before(made);
    made.querySelector("input").focus();
  });
}

function arm(contact) {
  const button = contact.querySelector("[data-contact-remove]");
  button.hidden = false;
  button.addEventListener("click", () => {
    if (section.querySelectorAll("fieldset").length > 1) contact.remove();
    else for (const input of contact.querySelectorAll("input")) input.value = "";
    add.focus();
  });
}
