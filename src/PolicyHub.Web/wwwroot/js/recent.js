// The documents opened last and those pinned. Of whoever signed in by name the server keeps them; else this device alone does: only where they are is kept: their titles are asked for each
// time, so that what was rescinded or renamed since is not shown as it was.
import { dated } from "./as-of.js";
import { formOf } from "./in-place.js";
import { read } from "./latest.js";

const most = { recent: 8, pinned: 20 };
const longest = 15000;

// Where the server keeps those of the person who signed in; “nobody”: a counter PC that knows of nobody, and keeps nothing for the next;
// empty: this device keeps them.
const server = document.body.dataset.mineAt;

function kept(list) {
  try {
    const found = JSON.parse(localStorage.getItem(`policyhub.${list}`) ?? "[]");
    return Array.isArray(found) ? found.filter((path) => typeof path === "string").slice(0, most[list]) : [];
  } catch {
    return [];
  }
}

function keep(list, paths) {
  try {
    localStorage.setItem(`policyhub.${list}`, JSON.stringify(paths.slice(0, most[list])));
  } catch {
    // A browser that keeps nothing shows nothing.
  }
}

// Documents of both lists as they stand now: { pinned: [...], recent: [...] }, each with path, title, url and facts.
export async function mine() {
  if (server === "nobody") {
    return { pinned: [], recent: [] };
  }

  if (server) {
    return (await read(dated(server), AbortSignal.timeout(longest), "application/json")).json();
  }

  const lists = { pinned: kept("pinned"), recent: kept("recent") };
  const paths = [...new Set([...lists.pinned, ...lists.recent])];
  if (paths.length === 0) {
    return { pinned: [], recent: [] };
  }

  const asked = paths.map((path) => `read=${encodeURIComponent(path)}`).join("&");
  const found = new Map((await (await read(dated(`/api/documents?${asked}`), AbortSignal.timeout(longest), "application/json")).json()).map((one) => [one.read, one]));
  const standing = (list) => lists[list].map((path) => found.get(path)).filter(Boolean);
  const pinned = standing("pinned");
  return { pinned, recent: standing("recent").filter((one) => !pinned.includes(one)) };
}

function pin(path, on) {
  const others = kept("pinned").filter((other) => other !== path);
  keep("pinned", on ? [...others, path] : others);
}

// The form of the page for it, sent from here at once; where it asks who one is, shown below the button.
function startPin(button) {
  let asked = null;
  button?.addEventListener("click", async (event) => {
    event.preventDefault();
    if (asked) {
      asked.close();
      return;
    }

    const on = button.getAttribute("aria-pressed") !== "true";
    const tools = button.closest(".tools");
    try {
      asked = await formOf(`${button.form.getAttribute("action")}?${new URLSearchParams(new FormData(button.form))}`, "[data-pin-form]", "[data-pin-done]", {
        closed() {
          asked = null;
          button.focus();
        },
        sent() {
          asked = null;
        },
      });
      const first = asked.form.querySelector(".who-acts .field");
      if (first) {
        tools.parentElement.querySelector("[data-pin-done]")?.remove();
        tools.after(asked.form);
        first.focus();
        return;
      }

      const body = new URLSearchParams(new FormData(asked.form));
      body.set("on", on ? "1" : "0");
      asked = null;
      if ((await fetch(button.form.getAttribute("action"), { method: "POST", body, signal: AbortSignal.timeout(longest), credentials: "same-origin" })).ok) {
        button.setAttribute("aria-pressed", String(on));
        return;
      }
    } catch {
      // As without a script, below.
    }

    button.form.submit();
  });
}

export function startRecent() {
  if (server) {
    startPin(document.querySelector("article[data-read] [data-pin]"));
    return;
  }

  const article = document.querySelector("article[data-read]");
  if (article) {
    const path = article.dataset.read;
    keep("recent", [path, ...kept("recent").filter((other) => other !== path)]);
    const button = article.querySelector("[data-pin]");
    const show = () => button?.setAttribute("aria-pressed", String(kept("pinned").includes(path)));
    show();
    button?.addEventListener("click", () => {
      pin(path, button.getAttribute("aria-pressed") !== "true");
      show();
    });
  }

  const card = document.querySelector("[data-mine]");
  if (card) {
    fill(card);
    card.addEventListener("click", (event) => {
      const unpin = event.target.closest("[data-unpin]");
      if (unpin) {
        pin(unpin.dataset.unpin, false);
      } else if (event.target.closest("[data-forget]")) {
        keep("recent", []);
      } else {
        return;
      }

      fill(card).then(() => document.querySelector("[data-search] input[name=q]")?.focus());
    });
  }
}

async function fill(card) {
  let lists;
  try {
    lists = await mine();
  } catch {
    return;
  }

  for (const name of ["pinned", "recent"]) {
    const part = card.querySelector(`[data-${name}]`);
    part.querySelector("ul").replaceChildren(...lists[name].map((one) => row(one, name === "pinned" ? part.dataset.unpin : "")));
    part.hidden = lists[name].length === 0;
  }

  card.hidden = lists.pinned.length + lists.recent.length === 0;
}

function row(one, unpin) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = one.url;
  link.textContent = one.title;
  const facts = document.createElement("span");
  facts.className = "quiet-line";
  facts.textContent = one.facts;
  item.append(link, " ", facts);
  if (unpin) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.dataset.unpin = one.read;
    button.textContent = unpin;
    button.setAttribute("aria-label", `${unpin}: ${one.title}`);
    item.append(" ", button);
  }

  return item;
}
