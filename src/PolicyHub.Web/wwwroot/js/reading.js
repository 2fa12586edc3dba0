// A document: marks are cleared in place, the contents fold away on a small screen, the poster prints.
export function startReading() {
  const clear = document.querySelector("[data-clear-marks]");
  clear?.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }

    event.preventDefault();
    for (const mark of document.querySelectorAll(".content mark")) {
      mark.replaceWith(...mark.childNodes);
    }

    history.replaceState(history.state, "", clear.pathname + location.hash);
    const box = document.querySelector("[data-search] input");
    if (box) {
      box.value = "";
    }

    document.querySelector("[data-marking]").remove();
    document.getElementById("main").focus({ preventScroll: true });
  });

  const contents = document.querySelector("[data-contents]");
  if (contents && matchMedia("(max-width: 900px)").matches) {
    contents.open = false;
  }

  const print = document.querySelector("[data-print]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
}
