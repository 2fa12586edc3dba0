// A page of another day: what it asks the server for is of that day too, and it does not stay open for long unseen to be one.
const bar = document.querySelector("[data-asof]");
const idle = Number(bar?.dataset.idle) * 1000;

// An address with the day of this page in it.
export function dated(address) {
  return bar ? `${address}${address.includes("?") ? "&" : "?"}${bar.dataset.asof}` : address;
}

// Back to today; false where it is today already.
export function backToToday(address = bar?.dataset.today) {
  if (bar) {
    location.assign(address);
  }

  return Boolean(bar);
}

// Nobody at the page for a while: whoever comes next is shown today.
export function startAsOf() {
  if (!bar) {
    return;
  }

  let seen = Date.now();
  for (const kind of ["pointerdown", "pointermove", "keydown", "scroll", "input", "wheel", "touchstart"]) {
    addEventListener(kind, () => {
      seen = Date.now();
    }, { passive: true, capture: true });
  }

  const look = () => {
    if (Date.now() - seen >= idle) {
      backToToday();
    }
  };
  setInterval(look, Math.min(idle, 5000));
  // A tab that slept is looked at before it is read.
  document.addEventListener("visibilitychange", look);
}
