// [data-upload]: a chosen file goes up at once, with a bar that says how far; its refusal stands at the field.
import { show } from "./rows.js";

const MIB = 1024 * 1024;
const underWay = new Set();

for (const box of document.querySelectorAll("[data-upload]")) arm(box);

function arm(box) {
  const input = box.querySelector("input[type=file]");
  box.querySelector("[data-upload-send]").hidden = true;
  input.addEventListener("change", () => {
    const [file] = input.files;
    if (file) begin(box, input, file);
  });
  input.form.addEventListener("submit", (event) => {
    if (!underWay.size) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    for (const busy of underWay) say(busy, busy.dataset.waiting);
  }, { capture: true });
}

async function begin(box, input, file) {
  say(box, "");
  if (file.size > Number(box.dataset.limit) * MIB) {
    input.value = "";
    return say(box, box.dataset.large);
  }
  underWay.add(box);
  const bar = box.querySelector("[data-upload-progress]");
  box.querySelector("[data-upload-name]").textContent = file.name;
  bar.hidden = false;
  input.disabled = true;
  try {
    take(box, await send(box, input, file, bar.querySelector("progress")));
    input.form.dispatchEvent(new CustomEvent("changed", { bubbles: true }));
  } catch (wrong) {
    say(box, wrong.message);
  }
  underWay.delete(box);
  bar.hidden = true;
  input.disabled = false;
  input.value = "";
}

// fetch() does not tell how much of a body has gone.
function send(box, input, file, progress) {
  const body = new FormData();
  body.append("kind", box.dataset.upload);
  body.append("brand", input.form.elements.brand.value);
  body.append(input.name, file);
  const request = new XMLHttpRequest();
  request.open("POST", "/links/files");
  request.setRequestHeader("Accept", "application/json");
  request.setRequestHeader("X-CSRFToken", document.querySelector('meta[name="csrf-token"]').content);
  request.responseType = "json";
  return new Promise((resolve, reject) => {
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      if (loaded < total) progress.value = Math.round((100 * loaded) / total);
      else progress.removeAttribute("value");
    });
    request.addEventListener("load", () => {
      if (request.status === 201) resolve(request.response);
      else reject(new Error(request.response?.detail || box.dataset.lost));
    });
    for (const end of ["error", "abort", "timeout"]) request.addEventListener(end, () => reject(new Error(box.dataset.lost)));
    request.send(body);
  });
}

function take(box, file) {
  const place = document.querySelector(`[data-files="${file.kind}"]`);
  if (file.kind === "image") {
    place.querySelector("input").value = file.id;
    const image = place.querySelector("img");
    [image.src, image.hidden] = [file.url, false];
    return;
  }
  const row = document.querySelector('[data-file-new="video"]').content.firstElementChild.cloneNode(true);
  row.querySelector("input[type=hidden]").value = file.id;
  row.querySelector(".file__name").textContent = file.name;
  show(row);
  place.append(row);
}

function say(box, words) {
  const place = box.querySelector("[data-upload-error]");
  [place.textContent, place.hidden] = [words, !words];
}
