// One question at a time: a newer one calls the older one off, so answers never arrive out of order.
const slowAfter = 400;
const longest = 15000;

// late() is called once when no answer has come for a while, however many questions were called off since.
export function latest(ask, late = () => {}) {
  let running = null;
  let slow = 0;
  return async (...asked) => {
    running?.abort();
    const mine = running = new AbortController();
    slow ||= setTimeout(late, slowAfter);
    try {
      const answer = await ask(AbortSignal.any([mine.signal, AbortSignal.timeout(longest)]), ...asked);
      return running === mine ? { answer } : { stale: true };
    } catch (failure) {
      // Called off by something else than a newer question (a browser may do so): the newest one failed, and is told of.
      return running === mine ? { failure } : { stale: true };
    } finally {
      if (running === mine) {
        clearTimeout(slow);
        slow = 0;
      }
    }
  };
}

export async function read(address, signal, accept) {
  const response = await fetch(address, { signal, headers: { Accept: accept }, credentials: "same-origin" });
  if (response.status === 401) {
    document.dispatchEvent(new Event("signed-out"));
  } else {
    document.dispatchEvent(new Event("signed-in"));
  }

  if (!response.ok) {
    throw new Error(`${response.status}`);
  }

  return response;
}

// A line above a list that says why it is not the newest; without words it goes.
export function note(place, words = "") {
  let line = place.querySelector(".search-note");
  if (words === "") {
    line?.remove();
    return;
  }

  if (!line) {
    line = document.createElement("p");
    line.className = "search-note";
    place.prepend(line);
  }

  line.textContent = words;
}

// The text in the box can be cleared and comes back.
export function clearable(input, changed) {
  let before = "";
  const put = (text) => {
    input.value = text;
    changed();
  };
  return {
    clear() {
      before = input.value || before;
      put("");
    },

    // Clears the text, or brings back what was cleared last; whether there was either.
    toggle() {
      if (input.value !== "") {
        this.clear();
      } else if (before !== "") {
        put(before);
      } else {
        return false;
      }

      return true;
    },
  };
}
