// Remarks of a coach: the report below says which second is meant, and plays it.
const frame = document.getElementById("report");
const time = document.getElementById("time");
const remarks = document.getElementById("remarks");
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
const sound = () => frame.contentDocument?.getElementById("sound");

if (location.search === "?remarks") remarks.open = true;

function follow() {
  const heard = sound();
  if (!heard) return;
  const show = () => {
    if (document.activeElement !== time) time.value = clock(heard.currentTime);
  };
  for (const kind of ["timeupdate", "seeked"]) heard.addEventListener(kind, show);
}

remarks.addEventListener("click", ({ target }) => {
  const heard = sound();
  if (!target.dataset.from || !heard) return;
  heard.currentTime = Number(target.dataset.from);
  heard.play();
});
// The time stays that of the moment at which the remark is begun.
document.getElementById("text").addEventListener("input", () => sound()?.pause(), { once: true });
if (frame.contentDocument?.readyState === "complete") follow();
frame.addEventListener("load", follow);
