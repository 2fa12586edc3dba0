// The search box: results as one types, after the combobox pattern of the ARIA Authoring Practices.
// On the search page the list is the page itself, and this box only tells it what was typed.
import { latest, read } from "./latest.js";
import { draw } from "./options.js";

const shown = 8;

export function startSearchBox(form, results) {
  if (!form) {
    return null;
  }

  const input = form.querySelector("input[name=q]");
  const focus = () => {
    input.focus();
    input.select();
  };
  if (results) {
    results.follow(form, input);
  } else {
    combobox(form, input);
  }

  if (document.body.classList.contains("home") && !location.hash) {
    input.focus();
  }

  return { focus };
}

function combobox(form, input) {
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
  const isOpen = () => !list.hidden;

  function show(open) {
    list.hidden = !open;
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

  function say(text) {
    live.textContent = text;
  }

  const ask = latest(async (signal, text) =>
    (await read(`/api/search?limit=${shown}&q=${encodeURIComponent(text)}`, signal, "application/json")).json());

  async function typed() {
    const text = input.value.trim();
    dismissed = false;
    if (text === "") {
      show(false);
      say("");
      return;
    }

    const { answer, failure, stale } = await ask(text);
    if (stale || input.value.trim() !== text) {
      return;
    }

    if (failure) {
      // The last list stays: it is better than nothing, as long as it says so.
      if (!list.querySelector(".search-note")) {
        const note = document.createElement("p");
        note.className = "search-note";
        note.textContent = words.offline;
        list.prepend(note);
      }

      show(!dismissed);
      say(words.offline);
      return;
    }

    draw(list, answer, words);
    choose(-1);
    show(!dismissed && document.activeElement === input);
    say(answer.total === 0 ? words.none : answer.total === 1 ? words.one.replace("{0}", "1") : words.many.replace("{0}", answer.total));
  }

  function go(option, event) {
    if (event.ctrlKey || event.metaKey) {
      window.open(option.dataset.url, "_blank", "noopener");
    } else {
      location.assign(option.dataset.url);
    }
  }

  input.addEventListener("input", typed);
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
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) {
      return;
    }

    const count = options().length;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count > 0) {
      event.preventDefault();
      show(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(chosen < 0 ? (step > 0 ? 0 : count - 1) : (chosen + step + count) % count);
    } else if (event.key === "Enter" && isOpen() && chosen >= 0) {
      event.preventDefault();
      go(options()[chosen], event);
    } else if (event.key === "Escape" && (isOpen() || input.value !== "")) {
      event.preventDefault();
      if (isOpen()) {
        // An answer on its way does not open again what was closed.
        dismissed = true;
        show(false);
      } else {
        input.value = "";
        say("");
      }
    }
  });

  // A press must not take the focus from the box before the click arrives.
  list.addEventListener("mousedown", (event) => event.preventDefault());
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
}
