"use strict";
// Plays the answer from any place; without this script the browser's own player is shown.

const LEAD = 0.05; // seconds before a word, so that its first consonant is not cut off
const STEP = 5; // seconds that an arrow key moves on the timeline
const LEAP = 15; // seconds that Page Up and Page Down move

const sound = document.getElementById("sound");
const toggle = document.getElementById("toggle");
const sign = document.getElementById("sign");
const clockShown = document.getElementById("now");
const track = document.getElementById("track");
const head = document.getElementById("head");
const answer = document.getElementById("answer");
const words = [...document.querySelectorAll("[data-t]")].map((element) => {
  const [start, end] = element.dataset.t.split(" ").map(Number);
  return { element, start, end };
});
const length = Number(track ? track.dataset.length : 0);
let until = null; // where to stop, in seconds; null plays on
let lit = null; // the word that is playing

const clock = (seconds) => {
  const whole = Math.floor(seconds);
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return (hours ? `${hours}:${two(minutes)}` : `${minutes}`) + `:${two(whole % 60)}`;
};

const within = (seconds) => Math.min(Math.max(seconds, 0), length || sound.duration || 0);

function hear(from, to = null) {
  until = to;
  sound.currentTime = within(from);
  sound.play().catch(complain);
  show();
}

function complain(reason) {
  if (reason.name === "AbortError") return; // another place was chosen meanwhile
  document.getElementById("problem").textContent = "This browser cannot play the sound.";
}

function light(found) {
  if (found === lit) return;
  if (lit) lit.element.classList.remove("now");
  if (found) found.element.classList.add("now");
  lit = found;
}

function show() {
  const time = sound.currentTime;
  clockShown.textContent = clock(time);
  if (head) head.style.left = `${(100 * within(time)) / length}%`;
  if (track) {
    track.setAttribute("aria-valuenow", String(Math.round(time)));
    track.setAttribute("aria-valuetext", `${clock(time)} of ${clock(length)}`);
  }
  light(words.find((word) => word.start - LEAD <= time && time < word.end) || null);
}

function follow() {
  if (until !== null && sound.currentTime >= until) sound.pause();
  show();
  if (!sound.paused) requestAnimationFrame(follow);
}

function playOrPause() {
  until = null;
  if (sound.paused) sound.play().catch(complain);
  else sound.pause();
}

function named(playing) {
  sign.setAttribute("href", playing ? "#stop" : "#play");
  toggle.setAttribute("aria-label", playing ? "Pause" : "Play");
}

sound.controls = false;
document.documentElement.classList.add("ready");
sound.addEventListener("play", () => (named(true), requestAnimationFrame(follow)));
sound.addEventListener("pause", () => (named(false), show()));
sound.addEventListener("seeked", show);
sound.addEventListener("error", () => complain(sound.error));
toggle.addEventListener("click", playOrPause);

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-from]");
  if (button) {
    const { from, to } = button.dataset;
    hear(Number(from), to === undefined ? null : Number(to));
    return;
  }
  const word = words.find(({ element }) => element === event.target);
  if (word && getSelection().isCollapsed) {
    wander(words.indexOf(word));
    hear(word.start - LEAD);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") sound.pause();
});

if (track) {
  const seek = (event) => {
    const box = track.getBoundingClientRect();
    until = null;
    sound.currentTime = within((length * (event.clientX - box.left)) / box.width);
    show();
  };
  track.addEventListener("pointerdown", seek);
  track.addEventListener("pointermove", (event) => event.buttons === 1 && seek(event));
  track.addEventListener("keydown", (event) => {
    const steps = {
      ArrowRight: STEP, ArrowUp: STEP, ArrowLeft: -STEP, ArrowDown: -STEP,
      PageUp: LEAP, PageDown: -LEAP, Home: -length, End: length,
    };
    if (event.key === " " || event.key === "Enter") playOrPause();
    else if (event.key in steps) {
      until = null;
      sound.currentTime = within(sound.currentTime + steps[event.key]);
      show();
    } else return;
    event.preventDefault();
  });
}

// The Tab key stops once for all the words; the arrow keys move from word to word.
let stop = 0;
function wander(to) {
  const [left, come] = [words[stop].element, words[to].element];
  left.removeAttribute("role");
  left.tabIndex = -1;
  come.setAttribute("role", "button");
  come.tabIndex = 0;
  stop = to;
}

if (answer && words.length) {
  wander(0);
  words[0].element.setAttribute("aria-describedby", "how");
  answer.addEventListener("keydown", (event) => {
    if (!event.target.dataset.t) return;
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    if (event.key === "Enter") hear(words[stop].start - LEAD);
    else if (event.key === " ") playOrPause();
    else if (event.key in steps) {
      wander(Math.min(Math.max(stop + steps[event.key], 0), words.length - 1));
      words[stop].element.focus();
    } else return;
    event.preventDefault();
  });
}
