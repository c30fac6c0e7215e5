// Remarks of a coach: the report below says which second is meant, and plays it.
const frame = document.getElementById("report");
const time = document.getElementById("time");
const remarks = document.getElementById("remarks");
const sound = () => frame.contentDocument?.getElementById("sound");

if (location.search === "?remarks") remarks.open = true;

function follow() {
  if (sound()) timed(sound(), time, document.getElementById("text"));
}

remarks.addEventListener("click", ({ target }) => {
  const heard = sound();
  if (!target.dataset.from || !heard) return;
  heard.currentTime = Number(target.dataset.from);
  heard.play();
});
if (frame.contentDocument?.readyState === "complete") follow();
frame.addEventListener("load", follow);
