// The search page: the list follows the typing, and the chosen section is read beside it without leaving the page.
import { latest, read } from "./latest.js";

export function startResults(find) {
  if (!find) {
    return null;
  }

  const wide = matchMedia("(min-width: 901px)");
  let input = null;
  let live = null;
  let words = {};

  const hits = () => [...find.querySelectorAll("[data-hit]")];
  const pane = () => find.querySelector("[data-pane]");
  const row = (hit) => hit.closest("[data-answer], .hit");
  const opened = () => hits().findIndex((hit) => row(hit).classList.contains("open"));

  const askSection = latest(async (signal, address) => (await read(address, signal, "text/html")).text());
  const askResults = latest(async (signal, address) => (await read(address, signal, "text/html")).text());

  async function open(index) {
    const hit = hits()[index];
    if (!hit) {
      return;
    }

    hits().forEach((other) => row(other).classList.toggle("open", other === hit));
    row(hit).scrollIntoView({ block: "nearest" });
    live.textContent = hit.textContent.trim().replace(/\s+/g, " ");
    const { answer } = await askSection(hit.dataset.read);
    if (answer !== undefined) {
      pane().innerHTML = answer;
      showSection();
    }
  }

  // The pane holds the document; the section found comes to its top.
  function showSection() {
    const heading = pane().querySelector("[data-section]")?.dataset.section;
    const target = heading ? pane().querySelector(`#${CSS.escape(heading)}`) : null;
    target?.classList.add("here");
    pane().scrollTop = 0;
    if (target) {
      const head = pane().querySelector(".pane-head").offsetHeight;
      pane().scrollTop = target.getBoundingClientRect().top - pane().getBoundingClientRect().top - head - 12;
    }
  }

  function address(text) {
    const asked = new URL(location.href);
    asked.hash = "";
    asked.searchParams.set("q", text);
    asked.searchParams.delete("read");
    asked.searchParams.delete("exactly");
    return asked;
  }

  async function typed() {
    const text = input.value.trim();
    const page = address(text);
    const part = new URL(page);
    part.searchParams.set("part", "results");
    const { answer, failure, stale } = await askResults(part);
    if (stale || input.value.trim() !== text) {
      return;
    }

    if (failure) {
      live.textContent = words.offline;
      if (!find.querySelector(".search-note")) {
        const note = document.createElement("p");
        note.className = "search-note";
        note.textContent = words.offline;
        find.querySelector(".found").prepend(note);
      }

      return;
    }

    find.innerHTML = answer;
    showSection();
    history.replaceState(history.state, "", page);
    const total = Number(find.querySelector(".found").dataset.total);
    live.textContent = total === 0 ? words.none : total === 1 ? words.one.replace("{0}", "1") : words.many.replace("{0}", total);
  }

  find.addEventListener("click", (event) => {
    const hit = event.target.closest("[data-hit]");
    if (hit && wide.matches && event.detail > 0 && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      // A first press of the mouse reads it here; one on what is already open goes there, as the keyboard always does.
      const index = hits().indexOf(hit);
      if (index !== opened()) {
        event.preventDefault();
        open(index);
      }
    }
  });

  function follow(form, box) {
    input = box;
    live = form.querySelector("[data-live]");
    words = form.dataset;
    input.addEventListener("input", typed);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) {
        return;
      }

      const count = hits().length;
      if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count > 0) {
        event.preventDefault();
        const at = opened() + (event.key === "ArrowDown" ? 1 : -1);
        open(Math.max(0, Math.min(count - 1, at)));
      } else if (event.key === "Enter" && opened() >= 0 && input.value.trim() === (new URL(location.href).searchParams.get("q") ?? "")) {
        event.preventDefault();
        location.assign(hits()[opened()].href);
      } else if (event.key === "Escape" && input.value !== "") {
        event.preventDefault();
        input.value = "";
        typed();
      }
    });
    showSection();
    if (input.value !== input.defaultValue) {
      typed();
    }
  }

  return { follow };
}
