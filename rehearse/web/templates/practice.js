// The page of a practice: shows what the program tells, and is its microphone, speaker and keys.
import { Line } from "./line.js";
import { Microphone, devices } from "./microphone.js";
import { sample } from "./voice.js";

const $ = (id) => document.getElementById(id);
const isNew = location.hash === "#new" || location.search !== ""; // links lead here: what is over was seen
const HEARD = 0.25; // of the meter, from which on somebody surely speaks
const LOST = {
  lost: "The connection to the program is interrupted. What you say is kept here and sent on.",
  unanswered: "The program does not answer. What it received is kept. To go on, start it again with: rehearse web",
  ended: "The program has ended. What it received is kept. To go on, start it again with: rehearse web",
  replaced: "This practice goes on in another tab.",
  refused: "The program did not understand this page. Load it again.",
};
const button = (text, does, main = false) => ({ text, does, main });
const press = (key) => () => say({ kind: "press", key });
const done = () => {
  microphone.flush();
  press("end")();
};
const BUTTONS = {
  meeting: () => [button("Go on", hush, true), button("Stop", stop)],
  thinking: () => [button("Answer now", press("end"), true), button("Skip", press("skip")), button("Stop", stop)],
  asking: () => [button(state.shown?.one_way ? "Go on" : "Answer now", hush, true), button("Stop", stop)],
  answering: () => state.shown?.demo ? [button("Done", done, true), button("Stop", stop)] : [
    button("Done", done, true),
    state.shown?.one_way ? null : button(state.moment?.paused ? "Go on" : "Pause", press("pause")),
    state.shown?.one_way ? null : button("Start over", press("start_over")),
    button("Skip", press("skip")),
    button("Stop", stop),
  ],
  between: () => [
    button(state.stage.left ? "Next question" : "Finish", press("end"), true),
    state.shown?.demo || state.shown?.one_way ? null : button("Again", press("start_over")),
    button("Stop", stop),
  ],
  break: () => [button("Go on", press("end"), true), state.shown?.one_way ? null : button("Last question again", press("start_over")), button("Stop", stop)],
  waiting: () => [button("Try again", press("end"), true), button("Skip", press("skip")), button("Stop", stop)],
  command: () => [
    button("Next", press("end"), true),
    button("Again", press("start_over")),
    button("Skip", press("skip")),
    button("Stop", stop),
  ],
  over: () => [
    state.stage.answers ? button("See your session", () => location.assign("session"), true) : null,
    button("Back to the first page", () => say({ kind: "clear" }), !state.stage.answers),
  ],
};
const REPORTING = ["report", "between", "command", "over"];

const state = {};
const microphone = new Microphone();
let line = null;
let voice = null;
let playing = 0;
let ear = 0;
let shownButtons = "";

const say = (message) => line.say(message);

function stop() {
  hush();
  microphone.flush();
  say({ kind: "press", key: "leave" });
}

/* ---- What the program tells ---- */

function received(message) {
  const before = state[message.kind];
  state[message.kind] = message;
  if (message.kind === "play") play(message.clip);
  if (message.kind === "listen") listen(message.ear);
  if (message.kind === "stage") staged(message, before);
  render();
}

function staged(stage, before) {
  if (stage.phase === "ready") {
    if (!$("stage").hidden) location.assign("./"); // what is due has changed
    return;
  }
  if (stage.phase === "over" && !before && isNew) return say({ kind: "clear" });
  $("home").hidden = true;
  $("stage").hidden = false;
  document.body.classList.add("practising");
  if (stage.phase !== before?.phase) announce(stage);
}

function announce({ phase, text }) {
  const question = [state.shown?.lead, state.shown?.text].filter(Boolean).join(" ");
  $("status").textContent = phase === "asking" ? question : text;
}

async function listen(wanted) {
  if (wanted && wanted === ear && microphone.isOpen) return; // said again after a lost connection
  ear = wanted;
  microphone.onBlock = null;
  if (!wanted) return line.forget();
  try {
    if (!microphone.isOpen) await microphone.open();
  } catch (why) {
    say({ kind: "deaf", why });
    return;
  }
  if (ear !== wanted) return;
  microphone.flush(); // what was heard before does not belong to the answer
  microphone.onBlock = (samples, rate, channels) => {
    if (!line.sound(wanted, samples, rate, channels)) microphone.onBlock = null;
  };
}

async function play(clip) {
  if (clip && clip === playing) return; // said again after a lost connection
  voice?.pause();
  voice = null;
  playing = clip;
  if (!clip) return;
  const mine = new Audio(`clip/${clip}`);
  voice = mine;
  const heard = (failed) => {
    if (playing === clip && voice === mine) say({ kind: "played", clip, failed });
  };
  mine.onended = () => heard(false);
  mine.onerror = () => heard(true);
  try {
    if (state.stage?.phase !== "ready" && !state.shown?.demo && !microphone.isOpen) await microphone.open(); // browsers let a page speak that listens
  } catch {
    // it is said when the answer begins
  }
  if (playing === clip && voice === mine) mine.play().catch(() => heard(true));
}

function hush() {
  const clip = playing;
  playing = 0; // what is stopped did not fail
  voice?.pause();
  if (clip) say({ kind: "played", clip });
}

/* ---- What is seen ---- */

const text = (id, value) => {
  if ($(id).textContent !== value) $(id).textContent = value;
};
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

function render() {
  const { stage, shown = {}, moment = {}, notices = {}, report = {} } = state;
  if (!stage || $("stage").hidden) return;
  const { phase } = stage;
  const isReporting = Boolean(report.take) && REPORTING.includes(phase);
  document.body.classList.toggle("reporting", isReporting);
  text("lead", [shown.lead, shown.seat].filter(Boolean).join(" · "));
  text("question", shown.text || stage.text);
  list("reminders", shown.reminders ?? []);
  renderState(stage, moment, isReporting);
  renderClock(phase, shown, moment);
  text("caption", phase === "answering" ? (moment.caption ?? "") : "");
  text("fillers", phase === "answering" ? (moment.fillers ?? "") : "");
  list("notices", notices.texts ?? []);
  renderReport(report, isReporting);
  renderButtons(phase);
}

function renderState(stage, moment, isReporting) {
  $("share").hidden = typeof stage.share !== "number";
  if (!$("share").hidden) $("share").value = stage.share;
  const isAnswering = stage.phase === "answering";
  const isSaidElsewhere = stage.phase === "meeting" || stage.text === $("question").textContent;
  const isHeadline = isReporting && stage.text === state.report.headline;
  text("state", isSaidElsewhere || isHeadline ? "" : isAnswering && moment.paused ? "Paused." : stage.text);
  text("notice", isAnswering ? (moment.notice ?? "") : "");
}

function renderClock(phase, shown, moment) {
  const isAnswering = phase === "answering";
  $("clock").hidden = !isAnswering;
  $("meter").hidden = (!isAnswering && phase !== "command") || Boolean(shown.demo);
  if (!isAnswering) return;
  text("elapsed", clock(moment.elapsed ?? 0));
  text("of", shown.target ? `of ${clock(shown.target)}` : "");
  $("light").hidden = !moment.light;
  $("light").className = `light ${moment.light}`;
  text("light", moment.light ?? "");
}

// First the headline, then the page that says it again.
function renderReport(report, isReporting) {
  const frame = $("report");
  if (!isReporting) {
    $("headline").hidden = frame.hidden = true;
    return;
  }
  text("headline", report.headline);
  const address = `report/${encodeURIComponent(report.take)}`;
  if (frame.getAttribute("src") === address) {
    frame.hidden = !frame.dataset.loaded;
    $("headline").hidden = !frame.hidden;
    return;
  }
  $("headline").hidden = false;
  const fresh = Object.assign(document.createElement("iframe"), { id: "report", className: "report", title: frame.title });
  fresh.hidden = true;
  fresh.src = address;
  fresh.onload = () => {
    fresh.dataset.loaded = "yes";
    render();
  };
  frame.replaceWith(fresh);
}

function list(id, items) {
  const wanted = items.join("\n");
  const element = $(id);
  if (element.dataset.items === wanted) return;
  element.dataset.items = wanted;
  element.hidden = !items.length;
  element.replaceChildren(...items.map((item) => Object.assign(document.createElement("li"), { textContent: item })));
}

// New buttons take the focus, so that the keyboard goes on where the session does.
function renderButtons(phase) {
  const wanted = (BUTTONS[phase]?.() ?? [button("Stop", stop)]).filter(Boolean);
  const names = `${phase} ${wanted.map((one) => one.text)}`;
  if (names === shownButtons) return;
  const isSamePhase = shownButtons.startsWith(`${phase} `);
  const focused = [...$("actions").children].indexOf(document.activeElement);
  shownButtons = names;
  $("actions").replaceChildren(
    ...wanted.map((one) => {
      const made = Object.assign(document.createElement("button"), { type: "button", textContent: one.text });
      made.className = one.main ? "button main" : "button";
      made.onclick = one.does;
      return made;
    }),
  );
  const next = isSamePhase ? $("actions").children[focused] : ($("actions").querySelector(".main") ?? $("question"));
  next?.focus({ preventScroll: true });
}

function level(value) {
  for (const id of ["meter", "check-meter"]) {
    $(id).firstElementChild.style.transform = `scaleX(${value})`;
    $(id).setAttribute("aria-valuenow", String(Math.round(100 * value)));
  }
  if (value > HEARD) heardSomebody();
}

/* ---- Before the first question ---- */

function heardSomebody() {
  if ($("mic-now").dataset.heard) return;
  $("mic-now").dataset.heard = "yes";
  $("mic-now").textContent = "I can hear you. The bar moves with your voice.";
}

async function check(device) {
  problem("");
  try {
    await microphone.open(device);
  } catch (why) {
    problem(why);
    return;
  }
  $("mic-before").hidden = true;
  $("check").hidden = $("mic-now").hidden = false;
  delete $("mic-now").dataset.heard;
  $("mic-now").textContent = "Say a few words: the bar should move.";
  $("check-mic").hidden = true;
  $("begin").disabled = false;
  $("begin-note").hidden = true;
  if (document.activeElement === document.body) $("begin").focus({ preventScroll: true });
  await listDevices();
}

function problem(why) {
  for (const element of document.querySelectorAll("[data-why]")) element.hidden = element.dataset.why !== why;
  if (!why) return;
  $("status").textContent = document.querySelector(`[data-why="${why}"]`)?.textContent ?? "";
  $("check-mic").hidden = false;
  $("check").hidden = $("mic-now").hidden = true;
  $("begin").disabled = true;
  $("begin-note").hidden = false;
}

async function listDevices() {
  const found = await devices();
  const current = microphone.track?.getSettings().deviceId;
  $("devices").replaceChildren(
    ...found.map((device, number) => new Option(device.label || `Microphone ${number + 1}`, device.deviceId)),
  );
  $("devices").value = current ?? "";
}

function begin() {
  start(document.querySelector("[name=what]:checked").value);
}

function start(chosen) {
  const list = $(`${chosen}s`); // of whole interviews, or of fields
  const what = list ? `${chosen}:${list.value}` : chosen;
  const switches = Object.fromEntries(
    [...document.querySelectorAll("[type=checkbox]")].map((box) => [box.name, box.checked]),
  );
  $("begin").disabled = true;
  const times = { prepare: $("prepare").value, answer: $("answer").value };
  say({ kind: "begin", what, ...switches, ...times });
}

function connection(now) {
  $("lost").hidden = now === "open";
  $("reload").hidden = now !== "replaced" && now !== "refused";
  $("reload").textContent = now === "refused" ? "Load it again" : "Use this tab";
  $("lost-text").textContent = LOST[now] ?? "";
  if (now === "replaced" || now === "ended" || now === "refused") {
    microphone.onBlock = null;
    microphone.close();
    voice?.pause();
  }
}

microphone.onLevel = level;
microphone.onEnd = (why) => {
  say({ kind: "deaf", why });
  problem(why);
};
$("check-mic").onclick = () => check("");
$("devices").onchange = () => check($("devices").value);
$("sample").onclick = sample;
$("begin").onclick = begin;
$("demo")?.addEventListener("click", () => start("demo"));
$("reload").onclick = () => location.reload();
for (const chosen of ["loop", "field"]) {
  $(`${chosen}s`)?.addEventListener("change", () => {
    document.querySelector(`[name=what][value=${chosen}]`).checked = true;
  });
}
line = new Line(received, connection);
const asked = await navigator.permissions?.query({ name: "microphone" }).catch(() => null);
if (asked?.state === "granted") check("");
