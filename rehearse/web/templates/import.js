// A file of notes goes to the program as it is; what was found in it is the next page.
import { send } from "./forms.js";

const form = document.getElementById("import");
const chosen = document.getElementById("notes");

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const [file] = chosen.files;
  if (!file) return chosen.click();
  const found = await send(form, `import?name=${encodeURIComponent(file.name)}`, file);
  if (found) location.assign("import");
});
