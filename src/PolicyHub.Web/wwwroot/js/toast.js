// One line that says what a key or button just did, on screen and politely to a screen reader.
const place = document.querySelector("[data-toast]");
const shownFor = 8000;
let timer = 0;
let said = "";

// Says one of the words that the page carries for it, with a text put in.
export function say(word, text = "") {
  if (!place) {
    return;
  }

  clearTimeout(timer);
  said = word;

  // Emptied first: a screen reader says the same words again only when they are new.
  place.textContent = "";
  requestAnimationFrame(() => {
    place.textContent = place.dataset[word].replace("{0}", text);
  });
  timer = setTimeout(hush, shownFor);
}

// Whether something is being said, other than what is named.
export function isSaying(except) {
  return Boolean(place?.textContent) && said !== except;
}

export function hush() {
  clearTimeout(timer);
  if (place) {
    place.textContent = "";
  }
}
