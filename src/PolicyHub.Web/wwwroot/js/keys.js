// Keys that work everywhere. Which key does what stands on the page, as this browser has chosen it.
// A plain letter or sign is never a command while someone types.
const typing = (element) => element instanceof HTMLElement
  && (element.isContentEditable || element.matches("input:not([type=checkbox]), textarea, select"));

// "ctrl+k", "alt+c", "/": what was pressed, in the words of the page.
function nameOf(event) {
  const control = event.ctrlKey || event.metaKey;
  if (!control && !event.altKey) {
    return typing(event.target) ? "" : event.key;
  }

  // Where Alt makes another letter, or the keyboard is of another script, the place of the key counts.
  const letter = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace(/^Key/, "").toLowerCase();
  return event.shiftKey || control === event.altKey ? "" : `${control ? "ctrl" : "alt"}+${letter}`;
}

// Every action answers whether it did something; then the key is not the browser's any more.
export function startKeys(actions) {
  const keys = new Map((document.body.dataset.keys ?? "").split(" ").filter(Boolean).map((pair) => {
    const [action, key] = pair.split(/:(.*)/s);
    return [key.toLowerCase(), action];
  }));
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) {
      return;
    }

    const action = event.key === "Escape" ? "close" : keys.get(nameOf(event));
    if (action && !event.repeat && actions[action]?.()) {
      event.preventDefault();
    }
  });
}
