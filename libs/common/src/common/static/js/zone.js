// The reader's own time zone (D2): named beside every date-time field and sent along with it;
// instants on the page (time[data-local]) are put into it, zone named.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const language = document.documentElement.lang || "en";

// Sentences that name an instant are put together by the server: it reads the zone from here.
document.cookie = `zone=${zone}; path=/; max-age=31536000; samesite=lax`;

for (const input of document.querySelectorAll("[data-zone-input]")) {
  // A zone that the server wrote belongs to an instant that must not move; it stays until the field is touched.
  if (!input.value) input.value = zone;
}
for (const field of document.querySelectorAll("[data-zone-field]")) {
  const moment = field.querySelector("input[type=datetime-local]");
  const hidden = field.querySelector("[data-zone-input]");
  const name = field.querySelector("[data-zone-name]");
  if (moment.dataset.instant) [moment.value, hidden.value] = [localOf(moment.dataset.instant), zone];
  const tell = () => { name.textContent = describe(hidden.value, moment.value); };
  moment.addEventListener("input", () => { hidden.value = zone; tell(); });
  tell();
}
for (const input of document.querySelectorAll("input[data-browser-zone]")) input.value = zone;
tellTimes();
document.addEventListener("htmx:after:swap", tellTimes);

function tellTimes() {
  for (const time of document.querySelectorAll("time[data-local]")) {
    const moment = new Date(time.dateTime);
    if (Number.isNaN(moment.getTime())) continue;
    const words = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone: zone });
    time.textContent = `${words.format(moment)} (${zone})`;
  }
}

// An instant as the reader's clock shows it, the way a datetime-local field holds it.
function localOf(instant) {
  const words = new Intl.DateTimeFormat("en-CA", {
    year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone,
  });
  const part = Object.fromEntries(words.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
}

// "Asia/Tokyo (GMT+9)", with the offset that holds at that moment, not today's.
function describe(name, local) {
  try {
    const at = local ? new Date(`${local}:00Z`) : new Date();
    const parts = new Intl.DateTimeFormat("en", { timeZone: name, timeZoneName: "shortOffset" }).formatToParts(at);
    return `${name} (${parts.find((part) => part.type === "timeZoneName").value})`;
  } catch {
    return name;
  }
}
