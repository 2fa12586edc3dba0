// “Did this answer it?” without leaving the text: the form of the page for it, shown below the question and sent from here.
import { formOf } from "./in-place.js";

export function startFeedback() {
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-feedback]") && event.submitter) {
      event.preventDefault();
      ask(event.target, event.submitter);
    }
  });
}

async function ask(question, button) {
  const address = `${question.getAttribute("action")}?${new URLSearchParams(new FormData(question, button))}`;
  try {
    const asked = await formOf(address, "[data-feedback-form]", "[data-feedback-thanks]", {
      closed() {
        question.hidden = false;
        button.focus();
      },
    });
    question.hidden = true;
    question.after(asked.form);
    asked.form.querySelector("textarea").focus();
    if (button.value === "yes") {
      await asked.send();
    }
  } catch {
    location.assign(address);
  }
}
