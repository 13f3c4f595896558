// The sheet of a site: a button that copies the questions. Without script the list is there to be selected.

for (const button of document.querySelectorAll("[data-copy]")) {
  const list = document.getElementById(button.dataset.copy);
  if (!list || !navigator.clipboard) continue;
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(asText(list));
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = label), 2000);
  });
}

// A heading a group, a line a question.
function asText(list) {
  const lines = [];
  for (const part of list.querySelectorAll("h3, li")) {
    lines.push(part.tagName === "H3" ? `\n${part.textContent}` : `- ${part.textContent}`);
  }
  return lines.join("\n").trim();
}
