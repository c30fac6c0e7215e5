// The time of a remark follows the sound, and stays that of the moment at which it is begun.
function timed(sound, time, text) {
  const show = () => {
    const seconds = Math.floor(sound.currentTime);
    const rest = String(seconds % 60).padStart(2, "0");
    if (document.activeElement !== time) time.value = `${Math.floor(seconds / 60)}:${rest}`;
  };
  for (const kind of ["timeupdate", "seeked"]) sound.addEventListener(kind, show);
  let before = "";
  text.addEventListener("input", () => {
    if (!before) sound.pause();
    before = text.value;
  });
}
