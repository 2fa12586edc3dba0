// A document: marks are cleared in place and come back, the contents fold away on a small screen, the poster prints.
import { mayUse } from "./open-page.js";
import { hush, say } from "./toast.js";

export function startReading() {
  const clear = document.querySelector("[data-clear-marks]");
  const marking = document.querySelector("[data-marking]");
  const asked = location.search;
  let marked = null;

  function clearMarks() {
    marked = [...document.querySelectorAll(".content")].map((part) => [part, part.cloneNode(true)]);
    for (const mark of document.querySelectorAll(".content mark")) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }

    show(clear.pathname + clear.search + location.hash);
    document.getElementById("main").focus({ preventScroll: true });
  }

  function bringBack() {
    marked.forEach(([part, before]) => part.replaceWith(before));
    marked = null;
    show(clear.pathname + asked + location.hash);
  }

  function show(address) {
    history.replaceState(history.state, "", address);
    marking.hidden = marked !== null;
  }

  clear?.addEventListener("click", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      clearMarks();
      say("marks");
    }
  });

  const contents = document.querySelector("[data-contents]");
  if (contents && matchMedia("(max-width: 900px)").matches) {
    contents.open = false;
  }

  const print = document.querySelector("[data-print]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", async () => {
      if (await mayUse()) {
        window.print();
      }
    });
  }

  return {
    // What was searched for when this document was opened; empty when nothing is marked.
    marking: () => marking && !marked ? new URLSearchParams(asked).get("q") ?? "" : "",

    // Clears the marks, or brings back those that were cleared.
    toggle() {
      if (!clear) {
        return false;
      }

      if (marked) {
        bringBack();
        hush();
      } else {
        clearMarks();
        say("marks");
      }

      return true;
    },

    // Clears the marks for good: a new call.
    forget() {
      if (clear && !marked) {
        clearMarks();
      }
    },
  };
}
