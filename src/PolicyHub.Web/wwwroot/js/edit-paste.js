// What is pasted from Word, Outlook or a web page becomes what the page itself would have: the server turns it round. Files come by dropping or choosing them.
import { at } from "./edit-keys.js";

export function startPaste(root, content, { saver, tools }) {
  const words = root.dataset;
  const chooser = root.querySelector("[data-file]");
  const dialog = root.querySelector("[data-file-dialog]");

  const parsed = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content;
  };

  function insert(html) {
    tools.back();
    const nodes = [...parsed(html).children];
    if (nodes.length === 0) {
      return;
    }

    tools.mark();
    const selection = getSelection();
    if (!selection.isCollapsed) {
      document.execCommand("delete");
    }

    // A cell or a heading holds one line of words.
    const line = at("th, td, h1, h2, h3, h4, h5, h6");
    if (nodes.length === 1 && nodes[0].matches("p")) {
      tools.insert([...nodes[0].childNodes]);
      return;
    }

    if (line) {
      document.execCommand("insertText", false, nodes.map((node) => node.textContent.trim()).join(" ").replace(/\s+/g, " "));
      return;
    }

    const item = at("li");
    if (item && nodes.length === 1 && nodes[0].matches("ul, ol")) {
      const items = [...nodes[0].children];
      const isEmpty = item.textContent.trim() === "";
      item.after(...items);
      if (isEmpty) {
        item.remove();
      }

      end(items.at(-1));
      tools.changed();
      return;
    }

    const box = at(".callout");
    const paragraph = at("p");
    if (paragraph && !box && paragraph.parentElement === content && paragraph.textContent.trim() !== "") {
      document.execCommand("insertParagraph");
      const second = at("p");
      if (second && second !== paragraph && second.textContent.trim() !== "") {
        second.before(...nodes);
        end(nodes.at(-1));
        tools.changed();
        return;
      }
    }

    tools.put(nodes);
    end(nodes.at(-1));
    tools.changed();
  }

  function end(node) {
    const selection = getSelection();
    const last = [...node.querySelectorAll("li, td, p")].at(-1) ?? node;
    selection.selectAllChildren(last);
    selection.collapseToEnd();
  }

  async function paste(html) {
    saver.say("saving", words.sayPasting);
    try {
      const answer = await saver.post("paste", form({ html }));
      if (!answer.ok) {
        throw new Error(String(answer.status));
      }

      insert((await answer.json()).html);
      saver.changed();
    } catch {
      saver.say("wrong", words.sayPasteFailed);
    }
  }

  function form(fields) {
    const made = new FormData();
    for (const [name, value] of Object.entries({ path: words.path, step: words.step, ...fields })) {
      made.append(name, value);
    }

    return made;
  }

  content.addEventListener("paste", (event) => {
    const data = event.clipboardData;
    const html = data.getData("text/html");
    const text = data.getData("text/plain");
    const files = [...data.files];
    event.preventDefault();

    // Word hands over a picture of its text as well.
    if (html.trim() !== "" && !at("pre")) {
      paste(html);
    } else if (text !== "") {
      if (at("pre, th, td, h1, h2, h3, h4, h5, h6") || !/\n\s*\S/.test(text)) {
        tools.mark();
        document.execCommand("insertText", false, at("pre") ? text : text.replace(/\s+/g, " ").trimEnd());
      } else {
        const around = document.createElement("div");
        around.append(...text.split(/\r?\n/).filter((line) => line.trim() !== "").map((line) => {
          const paragraph = document.createElement("p");
          paragraph.textContent = line;
          return paragraph;
        }));
        insert(around.innerHTML);
      }
    } else if (files.length > 0) {
      offerAll(files);
    }
  });

  content.addEventListener("dragover", (event) => {
    if ([...event.dataTransfer.types].includes("Files")) {
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
    }
  });
  content.addEventListener("drop", (event) => {
    const files = [...event.dataTransfer.files];
    if (files.length > 0) {
      event.preventDefault();
      const range = document.caretRangeFromPoint?.(event.clientX, event.clientY);
      if (range) {
        getSelection().removeAllRanges();
        getSelection().addRange(range);
      }

      offerAll(files);
    }
  });
  chooser.addEventListener("change", () => {
    offerAll([...chooser.files]);
    chooser.value = "";
  });

  // One after the other.
  function offerAll(files) {
    if (files.length > 0) {
      offer(files[0]);
      dialog.addEventListener("close", () => offerAll(files.slice(1)), { once: true });
    }
  }

  // What a picture shows is asked for: who cannot see it is told.
  function offer(file) {
    const name = dialog.querySelector("[data-file-name]");
    const input = dialog.querySelector("input");
    const wrong = dialog.querySelector("[data-file-wrong]");
    const label = dialog.querySelector("label");
    const isPicture = file.type.startsWith("image/");
    name.textContent = file.name || "";
    label.textContent = isPicture ? words.sayPicture : words.sayFile;
    input.value = isPicture ? "" : (file.name ?? "").replace(/\.[^.]*$/, "");
    wrong.textContent = file.size > Number(words.largest) ? words.sayTooLarge : "";
    dialog.returnValue = "";
    dialog.querySelector("form").onsubmit = async (event) => {
      event.preventDefault();
      if (input.value.trim() === "") {
        wrong.textContent = words.sayNameIt;
        input.focus();
        return;
      }

      const made = form({ words: input.value.trim() });
      made.append("file", file, file.name || "picture.png");
      try {
        const answer = await saver.post("file", made);
        const said = await answer.json().catch(() => ({}));
        if (!answer.ok) {
          wrong.textContent = said.wrong ?? words.sayPasteFailed;
          return;
        }

        dialog.close();
        insert(said.html);
        saver.changed();
      } catch {
        wrong.textContent = words.sayOffline;
      }
    };
    dialog.showModal();
    input.focus();
  }

  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
}
