// The search box: results as one types, after the combobox pattern of the ARIA Authoring Practices.
// On the search page the list is the page itself, and this box only tells it what was typed.
import { dated } from "./as-of.js";
import { copyAnswer, copySection } from "./copy.js";
import { chosen as countChosen, handOver, left, shown as countShown } from "./counting.js";
import { clearable, latest, note, read } from "./latest.js";
import { draw, drawMine } from "./options.js";
import { mine } from "./recent.js";

const shown = 8;
const longest = 15000;

export function startSearchBox(form, results) {
  if (!form) {
    return null;
  }

  const input = form.querySelector("input[name=q]");
  const { changed, open = () => {}, copy = () => false, renewed = () => {} } = results ? results.follow(form, input) : combobox(form, input);
  const text = clearable(input, changed);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing && text.toggle()) {
      event.preventDefault();
    }
  });
  const focus = () => {
    input.focus();
    input.select();
    open();
  };
  const isHome = document.body.classList.contains("home");
  if (isHome && !location.hash) {
    input.focus();
  }

  return {
    focus,
    copy,
    text: () => input.value.trim(),
    renew() {
      renewed();
      text.clear();
      focus();
    },
  };
}

function combobox(form, input) {
  const around = form.querySelector("[data-list]");
  const list = form.querySelector("[role=listbox]");
  const live = form.querySelector("[data-live]");
  const words = form.dataset;
  let chosen = -1;
  let dismissed = false;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  const options = () => [...list.querySelectorAll("[role=option]")];
  const isOpen = () => !around.hidden;

  function show(open) {
    around.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) {
      choose(-1);
    }
  }

  function choose(index) {
    chosen = index;
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const option = options()[index];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  const isSame = (one, other) => ["gap", "all"].some((sort) => sort in one.dataset && sort in other.dataset) || one.dataset.url === other.dataset.url;

  function say(text) {
    live.textContent = text;
  }

  // The last list stays: it is better than nothing, as long as it says so.
  function tell(text) {
    note(around, text);
    show(!dismissed && document.activeElement === input);
    say(text);
  }

  const ask = latest(
    async (signal, text) => (await read(dated(`/api/search?limit=${shown}&q=${encodeURIComponent(text)}`), signal, "application/json")).json(),
    () => tell(words.slow));
  const askMine = latest(() => mine());

  async function typed() {
    const text = input.value.trim();
    dismissed = false;

    // What was chosen in the list before is not what Enter opens now.
    choose(-1);
    if (text === "") {
      show(false);
      list.replaceChildren();
      say("");
      countShown("", 0);
      return;
    }

    const { answer, failure, stale } = await ask(text);
    if (stale || input.value.trim() !== text) {
      return;
    }

    if (failure) {
      tell(words.offline);
      return;
    }

    // What was chosen since the last key stays chosen, where the new list has it too.
    const before = options()[chosen];
    note(around);
    draw(list, answer, words);
    choose(before ? options().findIndex((option) => isSame(option, before)) : -1);
    show(!dismissed && document.activeElement === input);
    say(answer.total === 0 ? words.none : answer.total === 1 ? words.one.replace("{0}", "1") : words.many.replace("{0}", answer.total));
    countShown(text, answer.total);
  }

  // What is pinned and recent, while the box is empty.
  async function open() {
    if (input.value.trim() !== "") {
      return;
    }

    const { answer } = await askMine();
    if (answer && input.value.trim() === "" && answer.pinned.length + answer.recent.length > 0) {
      note(around);
      drawMine(list, answer, words);
      show(document.activeElement === input);
    }
  }

  function go(option, event) {
    if (option.dataset.gap !== undefined) {
      // The click that reports a gap is heard by the page.
      return;
    }

    if (option.dataset.all === undefined) {
      countChosen();
    } else {
      handOver();
    }

    if (event.ctrlKey || event.metaKey) {
      window.open(option.dataset.url, "_blank", "noopener");
    } else {
      location.assign(option.dataset.url);
    }
  }

  // The chosen option, else the best one: an answer as it stands, a section as its document has it.
  function copy() {
    const option = options()[Math.max(chosen, 0)];
    if (!isOpen() || !option?.dataset.read) {
      return false;
    }

    if (option.matches(".option-answer")) {
      copyAnswer(option);
    } else {
      copySectionOf(option.dataset.read);
    }

    return true;
  }

  async function copySectionOf(address) {
    try {
      const html = await (await read(address, AbortSignal.timeout(longest), "text/html")).text();
      const content = new DOMParser().parseFromString(html, "text/html").querySelector(".content");
      await copySection(content, content.querySelector(`#${CSS.escape(content.dataset.section || "-")}`));
    } catch {
      tell(words.offline);
    }
  }

  input.addEventListener("input", typed);
  input.addEventListener("click", () => isOpen() || open());
  input.addEventListener("focus", () => {
    if (list.childElementCount > 0 && input.value.trim() !== "") {
      show(true);
    }
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) {
      show(false);
    }
  });
  form.addEventListener("submit", handOver);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) {
      return;
    }

    const count = options().length;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !event.altKey) {
      event.preventDefault();
      if (count === 0) {
        open();
        return;
      }

      show(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(chosen < 0 ? (step > 0 ? 0 : count - 1) : (chosen + step + count) % count);
    } else if (event.key === "Enter" && isOpen() && chosen >= 0) {
      event.preventDefault();
      const option = options()[chosen];
      if (option.dataset.gap !== undefined) {
        option.click();
      } else {
        go(option, event);
      }
    } else if (event.key === "Escape" && isOpen()) {
      event.preventDefault();

      // An answer on its way does not open again what was closed.
      dismissed = true;
      show(false);
    }
  });

  // A press must not take the focus from the box before the click arrives.
  around.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) {
      go(option, event);
    }
  });

  // Letters typed before this module came are a question too.
  if (document.activeElement === input && input.value !== input.defaultValue) {
    typed();
  }

  return { changed: typed, open, copy, renewed: left };
}
