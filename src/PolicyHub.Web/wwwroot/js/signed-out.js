// A session that ended while a page lay open: says so and how to go on, and leaves the page and what is typed on it as they are.
const bar = document.querySelector("[data-signed-out]");

export function startSignedOut() {
  if (!bar) {
    return;
  }

  document.addEventListener("signed-out", () => {
    bar.hidden = false;
  });
  document.addEventListener("signed-in", () => {
    bar.hidden = true;
  });
}
