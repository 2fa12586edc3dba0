// Light, dark and contrast take hold as they are chosen, without the button.
export function startLook(form) {
  if (!form) {
    return;
  }

  form.querySelector("button").hidden = true;
  form.addEventListener("change", () => form.requestSubmit());
}
