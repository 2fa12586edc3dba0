// The form of what is said about the document: saves itself, and always has room for one more of what there may be many of.
const boxes = (part) => (part.matches("input, select, textarea") ? [part] : [...part.querySelectorAll("input, select, textarea")]);

// Names and ids carry the number of their row: the next one has the next number.
const next = (text) => text.replace(/(?<=[.-])\d+(?=\.|$)/, (number) => String(Number(number) + 1));

function grow(form) {
  for (const place of form.querySelectorAll("[data-grows]")) {
    const last = place.lastElementChild;
    if (!last || !boxes(last).some((box) => box.value.trim() !== "")) {
      continue;
    }

    const made = last.cloneNode(true);
    for (const box of boxes(made)) {
      box.value = "";
      box.removeAttribute("value");
    }

    for (const one of [made, ...made.querySelectorAll("*")]) {
      for (const name of ["id", "for", "name"]) {
        if (one.hasAttribute(name)) {
          one.setAttribute(name, next(one.getAttribute(name)));
        }
      }
    }

    const title = made.querySelector("summary");
    if (title) {
      title.textContent = title.dataset.add;
      made.open = false;
    } else if (made.hasAttribute("aria-label")) {
      made.setAttribute("aria-label", made.getAttribute("aria-label").replace(/\d+/, (number) => String(Number(number) + 1)));
    }

    last.after(made);
  }
}

export function startDetails(form, saver) {
  if (!form) {
    return;
  }

  form.addEventListener("change", () => {
    grow(form);
    saver.details(form);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    saver.details(form);
  });
}
