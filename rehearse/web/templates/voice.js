// The interviewer's voice says a sentence, or the page says why it cannot.
export function sample() {
  const spoken = new Audio("sample");
  const problem = document.getElementById("sample-problem");
  problem.hidden = true;
  spoken.onerror = async () => {
    problem.textContent = await (await fetch("sample")).text();
    problem.hidden = false;
  };
  spoken.play().catch(() => {});
}
