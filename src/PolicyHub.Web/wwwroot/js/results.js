// The search page: the list follows the typing, and the chosen section is read beside it without leaving the page.
import { chosen as countChosen, handOver, left, shown as countShown } from "./counting.js";
import { latest, note, read } from "./latest.js";

const idle = 250;

// A connection that was lost is tried again by itself, for the words that are still asked for.
const retry = 2000;

export function startResults(find) {
  if (!find) {
    return null;
  }

  const wide = matchMedia("(min-width: 901px)");
  let input = null;
  let live = null;
  let words = {};
  let ahead = new Map();
  let waiting = 0;
  let again = 0;
  let here = location.search;

  const hits = () => [...find.querySelectorAll("[data-hit]")];
  const pane = () => find.querySelector("[data-pane]");
  const row = (hit) => hit.closest("[data-answer], .hit");
  const opened = () => hits().findIndex((hit) => row(hit).classList.contains("open"));
  const asked = () => new URL(location.href).searchParams.get("q") ?? "";

  // The last list stays: it is better than nothing, as long as it says so.
  function tell(text) {
    live.textContent = text;
    note(find.querySelector(".found"), text);
  }

  const html = async (address, signal) => (await read(address, signal, "text/html")).text();
  const askSection = latest(async (signal, address) => ahead.get(address) ?? html(address, signal), () => tell(words.slow));
  const askWhy = latest((signal, address) => html(address, signal));
  const askAhead = latest(async (signal, address) => ahead.set(address, await html(address, signal)));
  const askResults = latest((signal, address) => html(address, signal), () => tell(words.slow));

  async function open(index) {
    const hit = hits()[index];
    if (!hit) {
      return;
    }

    hits().forEach((other) => row(other).classList.toggle("open", other === hit));
    row(hit).scrollIntoView({ block: "nearest" });
    live.textContent = hit.textContent.trim().replace(/\s+/g, " ");
    const { answer, failure } = await askSection(hit.dataset.read);
    if (answer !== undefined) {
      note(find.querySelector(".found"));
      pane().innerHTML = answer;
      showSection();
    } else if (failure) {
      tell(words.offline);
    }
  }

  // The pane holds the document; the section found comes to its top. The next in the list is fetched while one reads.
  function showSection() {
    const heading = pane().querySelector(".content[data-section]")?.dataset.section;
    const target = heading ? pane().querySelector(`#${CSS.escape(heading)}`) : null;
    target?.classList.add("here");
    pane().scrollTop = 0;
    if (target) {
      const head = pane().querySelector(".pane-head").offsetHeight;
      pane().scrollTop = target.getBoundingClientRect().top - pane().getBoundingClientRect().top - head - 12;
    }

    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const next = hits()[opened() + 1]?.dataset.read;
      if (next && wide.matches && !ahead.has(next)) {
        askAhead(next);
      }
    }, idle);
  }

  function address(text) {
    const page = new URL(location.href);
    page.hash = "";
    for (const name of ["q", "read", "exactly", "plain"]) {
      page.searchParams.delete(name);
    }

    if (text !== "") {
      page.searchParams.set("q", text);
    }

    return page;
  }

  async function typed() {
    const text = input.value.trim();
    const page = address(text);
    const part = new URL(page);
    part.searchParams.set("part", "results");
    clearTimeout(again);
    const { answer, failure, stale } = await askResults(part);
    if (stale || input.value.trim() !== text) {
      return;
    }

    if (failure) {
      tell(words.offline);
      again = setTimeout(() => input.value.trim() === text && typed(), retry);
      return;
    }

    ahead = new Map();
    find.innerHTML = answer;
    showSection();
    history.replaceState(history.state, "", page);
    here = page.search;
    const total = Number(find.querySelector(".found").dataset.total);
    live.textContent = text === "" ? "" : total === 0 ? words.none : total === 1 ? words.one.replace("{0}", "1") : words.many.replace("{0}", total);
    countShown(text, total);
  }

  find.addEventListener("click", (event) => {
    const hit = event.target.closest("[data-hit]");
    if (!hit || event.button !== 0) {
      // A filter, or the words as typed: it stays the same search.
      if (event.target.closest("a[href^='/search']")) {
        handOver();
      }

      return;
    }

    if (wide.matches && event.detail > 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      // A first press of the mouse reads it here; one on what is already open goes there, as the keyboard always does.
      const index = hits().indexOf(hit);
      if (index !== opened()) {
        event.preventDefault();
        open(index);
      }
    }

    countChosen();
  });

  find.addEventListener("submit", handOver);

  // Why something was found is asked for when one wants to know; without it the link leads there.
  find.addEventListener("toggle", async (event) => {
    const link = event.target.matches("[data-why][open]") && event.target.querySelector("a");
    if (link) {
      const why = new URL(link.href);
      why.searchParams.set("part", "why");
      const { answer } = await askWhy(why);
      if (answer !== undefined) {
        link.parentElement.outerHTML = answer;
      }
    }
  }, { capture: true });

  // A new call can be taken back as any step can.
  addEventListener("popstate", () => {
    if (location.search !== here) {
      location.reload();
    }
  });

  function follow(form, box) {
    input = box;
    live = form.querySelector("[data-live]");
    words = form.dataset;
    form.addEventListener("submit", handOver);
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
      } else if (event.key === "Enter" && opened() >= 0 && input.value.trim() === asked()) {
        event.preventDefault();
        countChosen();
        location.assign(hits()[opened()].href);
      }
    });
    showSection();
    if (input.value.trim() !== "") {
      countShown(asked(), Number(find.querySelector(".found").dataset.total), true);
    }

    if (input.value !== input.defaultValue) {
      typed();
    }

    return {
      changed: typed,
      renewed() {
        // With the question its filters go.
        left();
        history.pushState(null, "", location.pathname);
        here = "";
      },
    };
  }

  return { follow };
}
