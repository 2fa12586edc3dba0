// How a search ended, told without who searched: the server counts wordings, see "Counting" there. A search begins when its list is
// shown, and ends once: something was chosen, other words took its place, it was left. Words still being typed are one search.
const settledAfter = 1000;
let current = null;

function end(outcome) {
  if (!current) {
    return;
  }

  const told = new URLSearchParams({ q: current.text, outcome });
  current = null;

  // Outlives the page; nobody waits for it, and nothing is lost with it.
  fetch("/api/search/outcome", { method: "POST", body: told, keepalive: true, credentials: "same-origin" }).catch(() => {});
}

const isSettled = () => current.entered || performance.now() - current.since > settledAfter;

// A list was shown for a text; entered: it was asked for with Enter, not only typed.
export function shown(text, total, entered = false) {
  if (current && current.text !== text) {
    const typing = text.startsWith(current.text) || current.text.startsWith(text);
    if (!typing && isSettled()) {
      end(current.total === 0 ? "none" : "reformulated");
    }
  }

  if (text === "") {
    left();
  } else if (current?.text !== text) {
    current = { text, total, entered, since: performance.now() };
  }
}

export const chosen = () => end("chosen");

// The search page takes over from the box: it is the same search.
export function handOver() {
  current = null;
}

export function left() {
  if (current) {
    end(current.total === 0 && isSettled() ? "none" : current.entered ? "results" : "abandoned");
  }
}

addEventListener("pagehide", left);
