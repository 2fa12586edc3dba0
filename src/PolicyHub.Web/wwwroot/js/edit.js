// The page that staff see is the editor: what starts on the page of a document that is being changed.
import { startBlocks } from "./edit-blocks.js";
import { startDetails } from "./edit-details.js";
import { startEditKeys } from "./edit-keys.js";
import { startHistory } from "./edit-history.js";
import { startLinks } from "./edit-links.js";
import { startMarkdown } from "./edit-markdown.js";
import { startPaste } from "./edit-paste.js";
import { startSaver } from "./edit-save.js";
import { startTools } from "./edit-tools.js";

document.documentElement.classList.add("scripted");

// Parts that were changed apart from each other, in one save.
const most = 50;

const root = document.querySelector("[data-edit]");
const content = root?.querySelector("[data-editable]");
const source = root?.querySelector("[data-markdown]");
const saver = root && startSaver(root);

if (content) {
  content.contentEditable = "true"; // Without scripts nothing of what is typed there would be kept.
  document.execCommand("defaultParagraphSeparator", false, "p");
  document.execCommand("styleWithCSS", false, "false");
  const blocks = startBlocks(content);
  const history = startHistory(content, saver);
  saver.follow({
    // What is not saved yet, as the server takes it; null: nothing.
    take() {
      // The rest goes with the next save, which follows at once.
      const runs = blocks.changes().slice(0, most);
      return runs.length === 0 ? null : {
        act: "block",
        fields: { edits: JSON.stringify(runs.map(({ from, to, html }) => ({ from, to, html }))) },
        done: (answer) => blocks.settle(runs, answer.runs),
      };
    },
  });
  content.addEventListener("input", () => saver.changed());
  content.addEventListener("focusout", () => saver.save());

  // A box of a list of tasks: the source says whether it is ticked.
  content.addEventListener("click", (event) => {
    const box = event.target.closest("input[type=checkbox]");
    box?.toggleAttribute("checked", box.checked);
    if (box) {
      saver.changed();
    } else if (event.target.closest("a") && (event.ctrlKey || event.metaKey)) {
      window.open(event.target.closest("a").href, "_blank", "noopener");
    }
  });
  const links = startLinks(root, content, history);
  const tools = startTools(root, content, { saver, links, history });
  startEditKeys(content, tools);
  startPaste(root, content, { saver, tools });
  const wanted = root.dataset.section && content.querySelector(`[data-anchor="${CSS.escape(root.dataset.section)}"]`);
  (wanted || null)?.scrollIntoView({ block: "start" });
} else if (source) {
  startMarkdown(root, source, saver);
}

// Whoever goes on finds there what was typed to the last letter.
root?.addEventListener("click", async (event) => {
  const way = event.target.closest(".edit-ways a, .edit-others a");
  if (!way || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || saver.isSaved()) {
    return;
  }

  event.preventDefault();
  const isSaved = await saver.save();
  if (isSaved && !saver.takeWrong()) {
    location.assign(way.href);
  } else if (isSaved) {
    root.querySelector("[data-details] [aria-invalid]")?.focus();
  }
});

// What is said of the text follows it a moment after each save.
let waiting = 0;
document.addEventListener("change-saved", () => {
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    try {
      const answer = await saver.post("checks", {});
      const place = root.querySelector("[data-checks]");
      const template = document.createElement("template");
      template.innerHTML = answer.ok ? await answer.text() : "";
      const now = template.content.querySelector("[data-checks]");
      if (now) {
        place.replaceWith(now);
      }
    } catch {
      // They are said again after the next save.
    }
  }, 800);
});

startDetails(root?.querySelector("[data-details]"), saver);
