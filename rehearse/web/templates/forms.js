// A form that is refused stays as it was filled in, and says why; one that is done leads on.
const LOST = "The program does not answer. Start it again with: rehearse web";

function complain(form, text) {
  let said = form.querySelector("[role=alert]");
  if (!said) {
    said = Object.assign(document.createElement("p"), { className: "problem" });
    said.setAttribute("role", "alert");
    form.append(said);
  }
  said.textContent = text;
}

// Nothing where it is done: the next page is on its way.
export async function send(form, address, body) {
  const headers = { accept: "text/plain" };
  const answer = await fetch(address, { method: "POST", headers, body }).catch(() => null);
  if (answer?.ok) return answer;
  complain(form, answer ? await answer.text() : LOST);
  return null;
}

for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "yes";
    const answer = await send(form, form.getAttribute("action"), new URLSearchParams(new FormData(form)));
    if (answer) location.assign(answer.url);
    delete form.dataset.busy;
  });
}
