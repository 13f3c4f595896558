// A button that copies a citation. Without script, or without a clipboard, the text is there to be selected.

const { messages } = JSON.parse(document.getElementById("page-data").textContent);

function addButton(details) {
  const written = details.querySelector(".cite-text");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = messages.copy;
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    said.textContent = (await copy(written)) ? messages.copied : messages.copy_failed;
  });
  details.append(button, " ", said);
}

async function copy(written) {
  try {
    await navigator.clipboard.writeText(written.textContent.replace("/chiffres", `${location.origin}/chiffres`));
    return true;
  } catch {
    getSelection().selectAllChildren(written);
    return false;
  }
}

// A citation gets its button when it is first opened: a hundred of them would be a hundred tab stops made for nothing.
for (const details of document.querySelectorAll(".cite")) {
  details.addEventListener("toggle", () => addButton(details), { once: true });
}
