// Light, dark and contrast take hold as they are chosen, without the button.
export function startLook(form) {
  if (!form) {
    return;
  }

  form.querySelector("button").hidden = true;
  form.addEventListener("change", () => form.requestSubmit());

  // Chosen before this module came.
  const mode = form.elements.namedItem("mode");
  const contrast = form.elements.namedItem("contrast");
  if (!mode.selectedOptions[0].defaultSelected || contrast.checked !== contrast.defaultChecked) {
    form.requestSubmit();
  }
}
