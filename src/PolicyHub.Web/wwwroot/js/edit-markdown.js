// The source, and beside it the page as it comes out, while one types.
import { latest } from "./latest.js";

const pause = 120;

export function startMarkdown(root, source, saver) {
  const page = root.querySelector("[data-preview]");
  const matter = root.querySelector("[data-matter]");
  let saved = JSON.stringify([source.value, matter?.value]);
  let timer = 0;

  const fields = () => ({ path: root.dataset.path, step: root.dataset.step, text: source.value, ...(matter ? { matter: matter.value } : {}) });
  const ask = latest(async (signal) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields())) {
      form.append(name, value);
    }

    const answer = await saver.post("preview", form, { signal });
    if (!answer.ok) {
      throw new Error(String(answer.status));
    }

    return answer.json();
  });

  async function show() {
    const { answer } = await ask();
    if (answer) {
      const template = document.createElement("template");
      template.innerHTML = answer.html;
      page.replaceChildren(template.content);
    }
  }

  saver.follow({
    take() {
      const now = JSON.stringify([source.value, matter?.value]);
      return now === saved ? null : {
        act: "text",
        fields: { text: source.value, ...(matter ? { matter: matter.value } : {}) },
        done() {
          saved = now;
        },
      };
    },
  });
  for (const one of [source, matter].filter(Boolean)) {
    one.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(show, pause);
      saver.changed();
    });
    one.addEventListener("blur", () => saver.save());
  }

  source.form.addEventListener("submit", (event) => {
    event.preventDefault();
    saver.save();
  });
}
