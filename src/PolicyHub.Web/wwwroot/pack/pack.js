// A pack for an outage: a search without a server, and a cover over pages that are too old. No module, as browsers load none from disk.
"use strict";
(() => {
  const page = document.documentElement.dataset;
  const root = page.root;

  let isAllowed = false;

  // Too old, or on a device whose clock stands a day before the pack was made and so says nothing of its age.
  const isOver = () => Date.now() >= Number(page.until) || Date.now() < Number(page.since) - 86400000;

  function cover() {
    if (isAllowed || !isOver() || document.querySelector(".pack-over")) {
      return;
    }

    document.documentElement.classList.add("covered");

    const dialog = document.createElement("dialog");
    dialog.className = "pack-over";
    dialog.setAttribute("aria-label", page.over);
    const text = document.createElement("p");
    text.textContent = page.over;
    const look = document.createElement("button");
    look.type = "button";
    look.className = "button";
    look.textContent = page.overLook;
    look.addEventListener("click", () => {
      isAllowed = true;
      document.documentElement.classList.remove("covered");
      dialog.close();
    });
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.append(text, look);
    document.body.append(dialog);
    dialog.showModal();
  }

  cover();
  setInterval(cover, 10000);
  addEventListener("pageshow", cover);
  addEventListener("beforeprint", cover);

  const form = document.querySelector("[data-search]");
  const place = document.querySelector("[data-results]");
  const main = document.getElementById("main");
  const rows = window.policyhubPack ?? [];
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const wordsOf = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  const weights = [0, 8, 5, 12, 6, 1];
  let index = null;

  // Word by word, the rows that hold it and how much it counts there.
  function build() {
    index = new Map();
    rows.forEach((row, at) => {
      for (let field = 1; field < 6; field++) {
        for (const word of wordsOf(row[field])) {
          const held = index.get(word) ?? index.set(word, new Map()).get(word);
          held.set(at, Math.max(held.get(at) ?? 0, weights[field]));
        }
      }
    });
  }

  // One key wrong, missing, too many, or two swapped.
  function isNear(one, other) {
    if (Math.abs(one.length - other.length) > 1) {
      return false;
    }

    let at = 0;
    while (at < one.length && one[at] === other[at]) {
      at++;
    }

    const [a, b] = [one.slice(at), other.slice(at)];
    return a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1) || (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2));
  }

  function matches(word, isLast) {
    const found = new Map();
    const take = (known, factor) => {
      for (const [row, weight] of index.get(known)) {
        found.set(row, Math.max(found.get(row) ?? 0, weight * factor));
      }
    };
    for (const known of index.keys()) {
      if (known === word) {
        take(known, 2);
      } else if (known.startsWith(word) && (isLast || word.length > 3)) {
        take(known, 1.2);
      } else if (word.length > 4 && (word.startsWith(known) && known.length > 3)) {
        take(known, 0.8);
      }
    }

    if (found.size === 0 && word.length > 3) {
      for (const known of index.keys()) {
        if (isNear(word, known)) {
          take(known, 0.6);
        }
      }
    }

    return found;
  }

  function search(text) {
    index ?? build();
    const asked = wordsOf(text);
    const scores = new Map();
    asked.forEach((word, at) => {
      for (const [row, score] of matches(word, at === asked.length - 1)) {
        const known = scores.get(row) ?? { count: 0, score: 0 };
        scores.set(row, { count: known.count + 1, score: known.score + score });
      }
    });
    const number = fold(text).trim();
    return [...scores]
      .map(([row, { count, score }]) => [row, count * 100 + score + (fold(rows[row][3]) === number ? 1000 : 0)])
      .sort((one, other) => other[1] - one[1] || one[0] - other[0])
      .slice(0, 20)
      .map(([row]) => rows[row]);
  }

  function show() {
    const text = input.value.trim();
    place.hidden = text === "";
    main.hidden = text !== "";
    if (text === "") {
      return;
    }

    const found = search(text);
    const count = document.createElement("p");
    count.textContent = found.length === 0 ? page.none : page.found.replace("{0}", found.length);
    const list = document.createElement("ol");
    for (const [file, title, heading, number, , words] of found) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = root + file.split("#").map((part, at) => at === 0 ? part.split("/").map(encodeURIComponent).join("/") : encodeURIComponent(part)).join("#");
      link.textContent = heading ? `${title} › ${heading}` : title;
      const excerpt = document.createElement("p");
      excerpt.textContent = [number, words.replace(/\s+/g, " ").slice(0, 160)].filter(Boolean).join(" · ");
      item.append(link, excerpt);
      list.append(item);
    }

    place.replaceChildren(count, list);
  }

  const input = form.querySelector("input");
  form.hidden = false;
  input.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    place.querySelector("a")?.click();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      place.querySelector("a")?.focus();
    } else if (event.key === "Escape") {
      input.value = "";
      show();
    }
  });
  place.addEventListener("keydown", (event) => {
    const links = [...place.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (at >= 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      (links[at + (event.key === "ArrowDown" ? 1 : -1)] ?? input).focus();
    } else if (event.key === "Escape") {
      input.focus();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== input) {
      event.preventDefault();
      input.focus();
    }
  });
  if (/\/index\.html$/.test(location.pathname)) {
    input.focus();
  }
})();
