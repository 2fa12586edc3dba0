// “Did this answer it?” without leaving the text: the form of the page for it, shown below the question and sent from here.
import { read } from "./latest.js";

const longest = 15000;

export function startFeedback() {
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-feedback]") && event.submitter) {
      event.preventDefault();
      ask(event.target, event.submitter);
    } else if (event.target.matches("[data-feedback-form]") && event.target.dataset.inPlace) {
      event.preventDefault();
      send(event.target);
    }
  });
}

const parsed = async (response) => new DOMParser().parseFromString(await response.text(), "text/html");

async function ask(question, button) {
  const address = `${question.getAttribute("action")}?${new URLSearchParams(new FormData(question, button))}`;
  try {
    const page = await parsed(await read(address, AbortSignal.timeout(longest), "text/html"));
    const form = document.importNode(page.querySelector("[data-feedback-form]"), true);
    form.dataset.inPlace = "1";
    form.querySelector("[data-feedback-cancel]").addEventListener("click", (event) => {
      event.preventDefault();
      form.remove();
      question.hidden = false;
      button.focus();
    });
    question.hidden = true;
    question.after(form);
    form.querySelector("textarea").focus();
    if (button.value === "yes") {
      await send(form);
    }
  } catch {
    location.assign(address);
  }
}

async function send(form) {
  try {
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(new FormData(form)), signal: AbortSignal.timeout(longest), credentials: "same-origin" });
    const thanks = answer.ok && (await parsed(answer)).querySelector("[data-feedback-thanks]");
    if (thanks) {
      const said = document.importNode(thanks, true);
      said.tabIndex = -1;
      form.replaceWith(said);
      said.focus();
      return;
    }
  } catch {
    // As without a script, below.
  }

  delete form.dataset.inPlace;
  form.submit();
}
