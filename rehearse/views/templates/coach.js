// What a coach says: choose a second, write, and save all of it as a file to send back.
const form = document.getElementById("remark");
const { time, text } = form.elements;
const written = document.getElementById("written");
const save = document.getElementById("save");
const said = document.getElementById("said-of-it");
let remarks = [];
let isUnsaved = false;

const secondsOf = (clock) => clock.split(":").reduce((all, part) => 60 * all + Number(part), 0);
const ends = (remark) => remark.time.split("-").map(secondsOf);

function problemOf(value) {
  if (!/^\d{1,3}:[0-5]\d(-\d{1,3}:[0-5]\d)?$/.test(value)) return "Write the time as 0:42 or 1:05-1:12.";
  const [from, to = from] = ends({ time: value });
  if (to < from) return "The end comes before the beginning.";
  return from > sound.duration + 1 ? `The answer ends at ${clock(sound.duration)}.` : "";
}

function add(event) {
  event.preventDefault();
  const remark = { time: time.value.replace(/\s/g, "").replace(/[–—]/g, "-") };
  remark.text = text.value.replace(/\s+/g, " ").replace(/^[\s–—:.,-]+/, "").trim();
  const problem = problemOf(remark.time) || (remark.text ? "" : "Write a remark first.");
  said.textContent = problem;
  if (problem) return;
  remarks = [...remarks, remark].sort((a, b) => ends(a)[0] - ends(b)[0]);
  text.value = "";
  text.dispatchEvent(new Event("input"));
  changed("Added. Save the file when you are done.");
}

function drop(remark) {
  remarks = remarks.filter((one) => one !== remark);
  changed("Deleted.");
}

function changed(sentence) {
  isUnsaved = remarks.length > 0;
  save.disabled = !isUnsaved;
  said.textContent = sentence;
  written.replaceChildren(...remarks.map(row));
}

function row(remark) {
  const made = (kind, name, content) => Object.assign(document.createElement(kind), { className: name, textContent: content });
  const [from, to] = ends(remark);
  const play = made("button", "hear", remark.time);
  play.dataset.from = from;
  if (to !== undefined) play.dataset.to = to;
  play.setAttribute("aria-label", `${remark.time}: hear what this is about`);
  const gone = made("button", "hear", "Delete");
  gone.setAttribute("aria-label", `Delete the remark at ${remark.time}`);
  gone.addEventListener("click", () => drop(remark));
  play.type = gone.type = "button";
  const content = made("p", "", "");
  content.append(made("bdi", "", remark.text), " ", gone);
  const name = made("p", "name", "");
  name.append(play);
  const item = made("li", "", "");
  item.append(name, content);
  return item;
}

function saved() {
  const lines = remarks.map((one) => `- ${one.time} ${one.text}\n`).join("");
  const content = `# Remarks\n\ntake: ${form.dataset.take}\n\n${lines}`;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: "text/markdown" }));
  link.download = `remarks-${form.dataset.take}.md`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  isUnsaved = false;
  said.textContent = `Saved as ${link.download}. Send this file back.`;
}

document.getElementById("remarks").hidden = form.hidden = false;
timed(sound, time, text);
form.addEventListener("submit", add);
save.addEventListener("click", saved);
addEventListener("beforeunload", (event) => isUnsaved && event.preventDefault());
