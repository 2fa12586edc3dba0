// A form of another page of ours, shown on this one and sent from here: nothing that was typed is lost, and the page stays where it is.
import { read } from "./latest.js";
import { offerPasskeys } from "./passkey.js";

const longest = 15000;

const parsed = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

// The form of a page, and ways to show it after something of this one, and to send it. What the page says once it is done stands in its place.
export async function formOf(address, selector, done, opener) {
  const page = await parsed(await read(address, AbortSignal.timeout(longest), "text/html"));
  let form = document.importNode(page.querySelector(selector), true);

  function close() {
    form.remove();
    opener.closed();
  }

  function take(found) {
    form = found;
    offerPasskeys(form);
    form.querySelector("[data-cancel]")?.addEventListener("click", (event) => {
      event.preventDefault();
      close();
    });
    form.addEventListener("submit", (event) => {
      // Whoever is to be remembered is named at the head of the page that answers.
      if (!form.elements.stay?.checked) {
        event.preventDefault();
        send();
      }
    });
  }

  async function send() {
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(new FormData(form)), signal: AbortSignal.timeout(longest), credentials: "same-origin" });
      const answered = await parsed(answer);
      const again = answered.querySelector(selector);
      const said = answer.ok && answered.querySelector(done);
      if (said) {
        show(said);
        return;
      }

      if (again) {
        const before = form;
        take(document.importNode(again, true));
        const wrong = form.querySelector("[autofocus]") ?? form.querySelector("textarea, .field");

        // A page that was loaded has had its focus; asked for once more the browser would only complain.
        wrong.removeAttribute("autofocus");
        before.replaceWith(form);
        wrong.focus();
        return;
      }
    } catch {
      // As without a script, below.
    }

    form.submit();
  }

  function show(said) {
    const here = document.importNode(said, true);
    here.tabIndex = -1;
    form.replaceWith(here);
    here.focus();
    opener.sent?.();
  }

  take(form);
  return {
    get form() {
      return form;
    },
    close,
    send,
  };
}
