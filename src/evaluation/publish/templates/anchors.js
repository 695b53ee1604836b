// A button beside each heading, figure and table copies the address of the place.
(() => {
  "use strict";
  const main = document.querySelector("main");
  const said = Object.assign(document.createElement("p"), { className: "screen-reader-only" });
  said.setAttribute("role", "status");

  // A page on a server without encryption may not use the clipboard
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = Object.assign(document.createElement("textarea"), { value: text });
      main.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  }

  function linkTo(id, place) {
    const button = Object.assign(document.createElement("button"), { className: "copy-link", type: "button" });
    button.setAttribute("aria-label", main.dataset.copy.replace("{place}", place));
    button.addEventListener("click", async () => {
      const address = new URL(`#${id}`, location.href);
      address.search = "";
      await copy(address.href);
      button.focus();
      history.replaceState(null, "", `#${id}`);
      button.classList.add("copied");
      said.textContent = main.dataset.copied;
      setTimeout(() => {
        button.classList.remove("copied");
        said.textContent = "";
      }, 3000);
    });
    return button;
  }

  main.append(said);
  for (const section of main.querySelectorAll("section[id]")) {
    const heading = section.firstElementChild;
    if (!heading?.matches("h2, h3, h4, h5, h6")) continue;
    const row = Object.assign(document.createElement("div"), { className: "with-link" });
    heading.replaceWith(row);
    row.append(heading, linkTo(section.id, heading.textContent.trim()));
  }
  for (const float of main.querySelectorAll(".quarto-float[id]")) {
    const caption = float.querySelector("figcaption");
    if (caption) float.append(linkTo(float.id, caption.textContent.split(":")[0].trim()));
  }
})();
