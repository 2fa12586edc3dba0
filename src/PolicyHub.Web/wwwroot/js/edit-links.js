// A link is chosen by searching for the document that it leads to; a web, mail or telephone address works as well.
import { at } from "./edit-keys.js";
import { latest, read } from "./latest.js";

const shown = 8;

// What was typed as an address of the world; null: it is something to search for.
function address(text) {
  if (/^(https?:\/\/|mailto:|tel:)\S+$/i.test(text)) {
    return text;
  }

  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) {
    return `mailto:${text}`;
  }

  return /^(www\.)\S+\.\S+$/i.test(text) ? `https://${text}` : null;
}

export function startLinks(root, content, { mark }) {
  const dialog = root.querySelector("[data-link-dialog]");
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("[role=listbox]");
  const live = dialog.querySelector("[data-link-said]");
  const remove = dialog.querySelector("[data-unlink]");
  const words = dialog.dataset;
  let range = null;
  let link = null;
  let chosen = 0;
  let tell = () => {};
  let insert = () => {};

  const options = () => [...list.querySelectorAll("[role=option]")];
  const find = latest(async (signal, text) => (await read(`/api/search?limit=${shown}&q=${encodeURIComponent(text)}`, signal, "application/json")).json());

  function choose(index) {
    chosen = index;
    options().forEach((option, one) => option.setAttribute("aria-selected", String(one === index)));
    const option = options()[index];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function row(url, title, facts, index) {
    const option = document.createElement("div");
    option.setAttribute("role", "option");
    option.id = `${list.id}-${index}`;
    option.dataset.url = url;
    option.dataset.title = title;
    const name = document.createElement("div");
    name.className = "option-title";
    name.textContent = title;
    const line = document.createElement("div");
    line.className = "option-facts";
    line.textContent = facts;
    option.append(name, line);
    return option;
  }

  async function typed() {
    const text = input.value.trim();
    const typedAddress = address(text);
    if (typedAddress) {
      list.replaceChildren(row(typedAddress, text, words.sayAddress, 0));
      choose(0);
      live.textContent = words.sayAddress;
      return;
    }

    if (text === "") {
      list.replaceChildren();
      live.textContent = "";
      return;
    }

    const { answer, stale } = await find(text);
    if (stale || !answer) {
      live.textContent = stale ? live.textContent : words.sayOffline;
      return;
    }

    const seen = new Set();
    const rows = [];
    for (const one of answer.results) {
      const url = new URL(one.url, location.href);
      const href = url.pathname + url.hash;
      if (!seen.has(href)) {
        seen.add(href);
        rows.push(row(href, one.heading ? `${one.title} › ${one.heading}` : one.title, [one.kindName, one.id, one.state].filter(Boolean).join(" · "), rows.length));
        rows.at(-1).dataset.title = one.heading || one.title;
      }
    }

    list.replaceChildren(...rows);
    choose(0);
    live.textContent = rows.length === 0 ? words.sayNone : words.sayFound.replace("{0}", rows.length);
  }

  function back() {
    content.focus({ preventScroll: true });
    const selection = getSelection();
    selection.removeAllRanges();
    if (range) {
      selection.addRange(range);
    }
  }

  function take(option) {
    dialog.close();
    back();
    mark();
    const url = option.dataset.url;
    if (link && content.contains(link)) {
      // What its source said of the old one is not true of the new one.
      for (const name of ["data-address", "title", "class"]) {
        link.removeAttribute(name);
      }

      link.setAttribute("href", url);
      tell();
      return;
    }

    const made = document.createElement("a");
    made.setAttribute("href", url);
    if (!range || range.collapsed) {
      made.textContent = option.dataset.title;
      insert([made]);
    } else if (at("p, li, td, th, h2, h3, h4, h5, h6, dd, dt")?.contains(range.endContainer)) {
      made.append(range.extractContents());
      range.insertNode(made);
      getSelection().selectAllChildren(made);
      getSelection().collapseToEnd();
      tell();
    } else {
      document.execCommand("createLink", false, url);
    }
  }

  input.addEventListener("input", typed);
  input.addEventListener("keydown", (event) => {
    const count = options().length;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count > 0) {
      event.preventDefault();
      choose((chosen + (event.key === "ArrowDown" ? 1 : -1) + count) % count);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (options()[chosen]) {
        take(options()[chosen]);
      }
    }
  });
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) {
      take(option);
    }
  });
  remove.addEventListener("click", () => {
    dialog.close();
    back();
    mark();
    if (link) {
      const around = document.createRange();
      around.selectNodeContents(link);
      getSelection().removeAllRanges();
      getSelection().addRange(around);
      document.execCommand("unlink");
    }
  });
  dialog.querySelector("[data-close]").addEventListener("click", () => {
    dialog.close();
    back();
  });
  dialog.addEventListener("cancel", () => setTimeout(back));

  return {
    open(put, changed) {
      insert = put;
      tell = changed;
      const selection = getSelection();
      range = selection.rangeCount > 0 && content.contains(selection.anchorNode) ? selection.getRangeAt(0).cloneRange() : null;
      link = at("a");
      remove.hidden = link === null;
      input.value = link ? "" : range?.toString().trim().slice(0, 80) ?? "";
      list.replaceChildren();
      live.textContent = "";
      dialog.showModal();
      input.focus();
      input.select();
      typed();
    },
  };
}
