// What every page starts. Each module finds what it is for, and does nothing on a page without it.
import { backToToday, startAsOf } from "./as-of.js";
import { startChangeThis } from "./change-this.js";
import { copyInView, startCopying } from "./copy.js";
import { startFeedback } from "./feedback.js";
import { reportGap } from "./gap.js";
import { startKeys } from "./keys.js";
import { startLook } from "./look.js";
import { startOpenPage } from "./open-page.js";
import { startPasskeys } from "./passkey.js";
import { startReading } from "./reading.js";
import { startRecent } from "./recent.js";
import { startResults } from "./results.js";
import { startSearchBox } from "./search-box.js";
import { startSignedOut } from "./signed-out.js";
import { hush, isSaying, say } from "./toast.js";

// Buttons that need a script are shown from here on.
document.documentElement.classList.add("scripted");

const reading = startReading();
startRecent();
startPasskeys();
startAsOf();
startOpenPage();
startFeedback();
startChangeThis();
startSignedOut();
const box = startSearchBox(document.querySelector("[data-search]"), startResults(document.querySelector("[data-results]")));
startCopying();
startLook(document.querySelector("[data-look]"));

function goTo(selector) {
  const link = document.querySelector(selector);
  link?.click();
  return Boolean(link);
}

function toBox() {
  box?.focus();
  return Boolean(box);
}

// The page of a document stays as it was opened; a new call begins in the box.
function newCall() {
  if (backToToday("/")) {
    return true;
  }

  if (!box) {
    return false;
  }

  hush();
  reading.forget();
  box.renew();
  return true;
}

function gap() {
  const text = box?.text() || reading.marking();
  if (text) {
    reportGap(text);
  } else {
    toBox();
    say("empty");
  }

  return true;
}

function close() {
  if (isSaying("marks")) {
    hush();
    return true;
  }

  return reading.toggle();
}

startKeys({
  search: toBox,
  jump: toBox,
  copy: () => box?.copy() || copyInView(),
  gap,
  new: () => newCall() || goTo("[data-new-call]"),
  emergency: () => goTo("[data-emergency]"),
  help: () => goTo("[data-help]"),
  close,
});
document.addEventListener("click", (event) => {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }

  if (event.target.closest("[data-new-call]") && newCall()) {
    event.preventDefault();
  } else if (event.target.closest("[data-gap]")) {
    event.preventDefault();
    gap();
  }
});
