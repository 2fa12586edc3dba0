// Passkeys: forms marked data-passkey ask the browser to make one ("create") or to sign with one ("get"), and send what it answers.
// Without a script, or in a browser that has none, the forms stay hidden: a password does.

const able = globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON;

async function options(address, fields, signal) {
  const answer = await fetch(address, { method: "POST", body: new URLSearchParams(fields), signal });
  if (!answer.ok) {
    throw new Error(`options: ${answer.status}`);
  }

  return answer.json();
}

async function ask(form, more) {
  const asked = await options(form.dataset.options, new FormData(form), more.signal);
  const credential = form.dataset.passkey === "create"
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked), ...more });
  if (credential) {
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  }
}

// The browser offers passkeys in the field of the user name; a click on the button takes over.
async function offer(form, waiting) {
  if (await PublicKeyCredential.isConditionalMediationAvailable?.()) {
    await ask(form, { mediation: "conditional", signal: waiting.signal }).catch(() => {});
  }
}

// In the form of an act: the passkey says who acts, in the place of what is typed; what is done is for the form's own button.
async function take(part) {
  const form = part.closest("form");
  const fields = form.querySelectorAll(".who-fields input");
  const [taken, failed] = [part.querySelector("[data-passkey-taken]"), part.querySelector("[data-passkey-failed]")];
  failed.hidden = true;
  try {
    const token = form.querySelector("input[name^=__]");
    const asked = await options(part.dataset.options, [[token.name, token.value]]);
    const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) });
    part.querySelector("input").value = JSON.stringify(credential);
    const isAsked = fields[0].required;
    for (const field of fields) {
      field.value = "";
      field.required = false;
    }

    form.querySelector(".who-fields").hidden = true;
    part.querySelector("button").hidden = true;
    taken.hidden = false;
    taken.focus();
    const buttons = form.querySelectorAll("button[type=submit]");
    if (isAsked && buttons.length === 1) {
      form.requestSubmit(buttons[0]);
    }
  } catch {
    failed.hidden = false;
  }
}

// Offers passkeys in forms of acts: those of the page, or one that was put into it.
export function offerPasskeys(place) {
  for (const part of able ? place.querySelectorAll("[data-passkey-in-form]") : []) {
    part.hidden = false;
    part.querySelector("button").addEventListener("click", () => take(part));
  }
}

export function startPasskeys() {
  offerPasskeys(document);
  for (const form of able ? document.querySelectorAll("[data-passkey]") : []) {
    const waiting = new AbortController();
    let offered = Promise.resolve();
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();

      // What is to be signed is asked for once more: the answer before must not come after.
      waiting.abort();
      await offered;
      const failed = form.querySelector("[data-passkey-failed]");
      failed.hidden = true;
      try {
        await ask(form, {});
      } catch {
        failed.hidden = false;
      }
    });
    if ("conditional" in form.dataset) {
      offered = offer(form, waiting);
    }
  }
}
