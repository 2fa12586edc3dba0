// Passkeys: forms marked data-passkey ask the browser to make one ("create") or to sign with one ("get"), and send what it answers.
// Without a script, or in a browser that has none, the forms stay hidden: a password does.

const able = globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON;

async function options(form, signal) {
  const answer = await fetch(form.dataset.options, { method: "POST", body: new URLSearchParams(new FormData(form)), signal });
  if (!answer.ok) {
    throw new Error(`options: ${answer.status}`);
  }

  return answer.json();
}

async function ask(form, more) {
  const asked = await options(form, more.signal);
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

export function startPasskeys() {
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
