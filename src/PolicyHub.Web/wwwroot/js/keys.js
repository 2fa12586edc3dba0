// Keys that work everywhere. A plain letter is never a command while someone types.
const typing = (element) => element instanceof HTMLElement
  && (element.isContentEditable || element.matches("input:not([type=checkbox]), textarea, select"));

export function startKeys(box) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) {
      return;
    }

    const control = event.ctrlKey || event.metaKey;
    if (control && !event.altKey && event.key.toLowerCase() === "k" || event.key === "/" && !control && !event.altKey && !typing(event.target)) {
      event.preventDefault();
      box?.focus();
    } else if (event.altKey && !control && event.code === "KeyE") {
      const emergency = document.querySelector("[data-emergency]");
      if (emergency) {
        event.preventDefault();
        location.assign(emergency.href);
      }
    } else if (event.key === "Escape") {
      const clear = document.querySelector("[data-clear-marks]");
      if (clear) {
        event.preventDefault();
        clear.click();
      }
    }
  });
}
