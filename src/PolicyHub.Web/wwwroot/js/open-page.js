// A page that stays open: says within seconds that a text on it is not in effect any more, or that a notice began, and moves nothing.
import { read } from "./latest.js";

const place = document.querySelector("[data-open-page]");
const words = document.querySelector("[data-open-words]")?.dataset ?? {};
const every = 4000;
const limit = 3000;
const asleep = 30_000;
let checked = Date.now();
const since = place?.dataset.now;
let changed = [];
let running = null;
const before = new WeakMap();

const held = () => [...new Set([...document.querySelectorAll("[data-held]")].map((one) => one.dataset.held))].slice(0, 40);
const time = (at) => new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });
const isUnchecked = () => Date.now() - checked > Number(words.unchecked) * 1000;

// One look at a time; whoever asks meanwhile gets its answer.
function look() {
  running ??= ask().finally(() => {
    running = null;
  });
  return running;
}

async function ask() {
  const asked = new URLSearchParams(held().map((one) => ["held", one]));
  asked.set("since", since);
  try {
    const found = await (await read(`/api/open?${asked}`, AbortSignal.timeout(limit), "application/json")).json();
    checked = Date.now();
    show(found);
  } catch {
    // Out of touch: what it says of itself below tells since when.
  }

  mark();
}

// A state that nobody could confirm for a while is not said to be one.
function mark() {
  for (const state of document.querySelectorAll("[data-in-effect]")) {
    if (isUnchecked()) {
      before.set(state, before.get(state) ?? [...state.childNodes]);
      state.textContent = words.sayUnchecked.replace("{0}", time(checked));
      state.classList.add("unchecked");
    } else if (state.classList.contains("unchecked")) {
      state.replaceChildren(...before.get(state));
      before.delete(state);
      state.classList.remove("unchecked");
    }
  }

  document.documentElement.classList.toggle("outdated", changed.length > 0);
}

function show(found) {
  // What a lead posted: gone once it has ended, and said here where the page does not show it yet.
  const running = new Set(found.posted.map((one) => one.id));
  for (const shown of document.querySelectorAll("[data-posted]")) {
    if (!running.has(shown.dataset.posted)) {
      shown.remove();
    }
  }

  const posted = found.posted.filter((one) => !document.querySelector(`[data-posted="${one.id}"], #${one.id}`));
  const news = JSON.stringify([found.changed, found.notices, posted]);
  changed = found.changed;
  if (place.dataset.shown === news) {
    return;
  }

  place.dataset.shown = news;
  place.replaceChildren(
    ...changed.map((one) => line(one.sentence, one.compare && [words.sayWhat, one.compare], [words.sayShow, held().length > 1 ? location.href : one.url])),
    ...[...posted, ...found.notices].map((one) => line(one.sentence, [words.sayRead, one.url])),
  );
  const close = button(words.sayClose, () => {
    place.hidden = true;
  });
  place.append(close);
  place.hidden = found.changed.length + found.notices.length + posted.length === 0;
}

function line(sentence, ...ways) {
  const row = document.createElement("p");
  row.append(sentence);
  for (const [name, address] of ways.filter(Boolean)) {
    const link = document.createElement("a");
    link.className = "button small";
    link.href = address;
    link.textContent = name;
    if (address === location.href) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        location.reload();
      });
    }

    row.append(" ", link);
  }

  return row;
}

function button(name, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button small";
  made.textContent = name;
  made.addEventListener("click", act);
  return made;
}

// Before a text leaves the page: true at once where it is in effect, else when the person wants it all the same.
export async function mayUse() {
  if (!place) {
    return true;
  }

  if (Date.now() - checked > every * 2) {
    await look();
  }

  if (changed.length === 0 && !isUnchecked()) {
    return true;
  }

  return confirmUse(changed.length > 0 ? changed.map((one) => one.sentence).join(" ") : words.sayMayHaveChanged.replace("{0}", time(checked)));
}

function confirmUse(sentence) {
  return new Promise((done) => {
    const dialog = document.createElement("dialog");
    dialog.className = "ask-first";
    dialog.setAttribute("aria-label", sentence);
    const text = document.createElement("p");
    text.textContent = sentence;
    const ways = document.createElement("p");
    const answer = (use) => () => {
      dialog.close();
      done(use);
    };
    ways.append(
      button(words.sayShow, () => location.assign(changed.length === 1 && held().length === 1 ? changed[0].url : location.href)),
      " ",
      button(words.sayUse, answer(true)),
    );
    dialog.append(text, ways);
    dialog.addEventListener("cancel", () => done(false));
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  });
}

export function startOpenPage() {
  // A page of another day stays what it is.
  if (!place || document.querySelector("[data-asof]")) {
    return;
  }

  setInterval(() => {
    if (!document.hidden) {
      look();
    }
  }, every);
  document.addEventListener("visibilitychange", async () => {
    if (!document.hidden && Date.now() - checked > asleep) {
      await mayUse();
    }
  });
  addEventListener("keydown", async (event) => {
    if (event.key.toLowerCase() === "p" && (event.ctrlKey || event.metaKey) && !event.altKey && (changed.length > 0 || isUnchecked())) {
      event.preventDefault();
      if (await mayUse()) {
        print();
      }
    }
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) {
      // Brought back as it was left: what it asked for since then is unknown.
      look();
    }
  });
}
