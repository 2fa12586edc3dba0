// “Change this” beside each heading, for whoever may: it begins at that section.
export function startChangeThis() {
  const form = document.querySelector("[data-change-this]");
  if (!form) {
    return;
  }

  for (const heading of document.querySelectorAll("article .content > :is(h2, h3, h4)[id]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "change-section";
    button.textContent = form.querySelector("button").textContent;
    button.setAttribute("aria-label", form.dataset.label.replace("{0}", heading.firstChild?.textContent ?? ""));
    button.addEventListener("click", () => {
      const address = new URL(form.action);
      address.searchParams.set("section", heading.id);
      form.action = address.pathname + address.search;
      form.submit();
    });
    heading.append(button);
  }
}
