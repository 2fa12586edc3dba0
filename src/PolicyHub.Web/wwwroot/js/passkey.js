// Passkeys: forms marked data-passkey ask the browser to make one ("create") or to sign with one ("get"), and send what it answers.
// Without a script, or in a browser that has none, the forms stay hidden: a password does.

const able = globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON;

async function options(form) {
  const answer = await fetch(form.dataset.options, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  if (!answer.ok) {
    throw new Error(`options: ${answer.status}`);
  }

  return answer.json();
}

async function ask(form, more) {
  const asked = await options(form);
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
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      waiting.abort();
      const failed = form.querySelector("[data-passkey-failed]");
      failed.hidden = true;
      try {
        await ask(form, {});
      } catch {
        failed.hidden = false;
      }
    });
    if ("conditional" in form.dataset) {
      offer(form, waiting);
    }
  }
}
