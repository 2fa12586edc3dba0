// Copies an answer or a section as text, with its citation and its address under it.
import { mayUse } from "./open-page.js";
import { say } from "./toast.js";

const blocks = "address, blockquote, dd, div, dl, dt, figure, h1, h2, h3, h4, h5, h6, hr, li, ol, p, pre, section, table, tr, ul";
const left = ".anchor, button, .unseen, .answer-more, .row-facts";
const heading = "h1, h2, h3, h4, h5, h6";

// Text as one would type it: a line a block, a bar between cells, a number or a dash before a point of a list.
export function textOf(nodes) {
  let text = "";
  const newLine = () => {
    text = text.trimEnd();
    text += text === "" ? "" : "\n";
  };
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const written = node.parentElement?.closest("pre") ? node.data : node.data.replace(/\s+/g, " ");
      text += text === "" || text.endsWith("\n") ? written.trimStart() : written;
    } else if (node instanceof Element && !node.matches(left)) {
      const isBlock = node.matches(blocks);
      if (isBlock || node.tagName === "BR") {
        newLine();
      }

      if (node.tagName === "LI") {
        text += node.parentElement.tagName === "OL" ? `${[...node.parentElement.children].indexOf(node) + 1}. ` : "- ";
      } else if (node.matches("td, th") && node.previousElementSibling) {
        text = `${text.trimEnd()} | `;
      }

      node.childNodes.forEach(walk);
      if (isBlock) {
        newLine();
      }
    }
  };
  nodes.forEach(walk);
  return text.trim();
}

// What stands under a heading, up to the next that is not below it; what stands on top where there is none.
function sectionOf(content, title) {
  const children = [...content.children];
  const at = title ? children.indexOf(children.find((child) => child.contains(title))) : -1;
  const level = title ? Number(title.tagName[1]) : 0;
  const end = children.findIndex((child, index) => index > at && child.matches(heading) && (level === 0 || Number(child.tagName[1]) <= level));
  return [...(title ? [] : above(content)), ...children.slice(Math.max(at, 0), end < 0 ? undefined : end)];
}

// The fields of its kind: what stands between the head of a document and its text, answers and notices aside.
function above(content) {
  const found = [];
  for (let at = content.previousElementSibling; at && !at.matches("header, .marking"); at = at.previousElementSibling) {
    if (!at.matches(".answer, .notice, .tools")) {
      found.unshift(at);
    }
  }

  return found;
}

async function write(text, cited, anchor, name) {
  const address = location.origin + cited.link + (anchor ? `#${anchor}` : "");
  const whole = `${text}\n\n${cited.cite}\n${address}\n`;
  if (!(await mayUse())) {
    return;
  }

  try {
    await navigator.clipboard.writeText(whole);
  } catch {
    if (!writeAsBefore(whole)) {
      say("notCopied");
      return;
    }
  }

  say("copied", name);
}

// Where the page came without encryption browsers have no clipboard for scripts, only the copying of a selection.
function writeAsBefore(text) {
  const field = document.createElement("textarea");
  const focused = document.activeElement;
  field.value = text;
  field.className = "unseen";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  focused?.focus({ preventScroll: true });
  return done;
}

export function copyAnswer(answer) {
  const cited = (answer.closest("[data-cite]") ?? document.querySelector("[data-cite]")).dataset;
  return write(textOf([...answer.children]), cited, answer.dataset.section, answer.querySelector(".answer-ask").textContent.trim());
}

export function copySection(content, title) {
  const name = title ? textOf([...title.childNodes]) : content.dataset.title;
  return write(textOf(sectionOf(content, title)), content.dataset, title?.id, name);
}

// The selection where there is one, else the answer or section that is being read.
export function copyInView() {
  const content = document.querySelector(".paper .content[data-cite]");
  const chosen = getSelection();
  if (content && !chosen.isCollapsed && document.getElementById("main").contains(chosen.anchorNode)) {
    const before = [...content.querySelectorAll(heading)].filter((title) => title.compareDocumentPosition(chosen.anchorNode) & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY));
    write(chosen.toString(), content.dataset, before.at(-1)?.id, content.dataset.title);
    return true;
  }

  const answer = document.querySelector("[data-answer].open");
  if (answer) {
    copyAnswer(answer);
  } else if (!content) {
    say("nothing");
  } else if (content.closest("[data-pane]")) {
    copySection(content, content.querySelector(".here"));
  } else {
    const read = beingRead(content);
    if (read?.matches(".answer")) {
      copyAnswer(read);
    } else {
      copySection(content, read);
    }
  }

  return true;
}

// What the address names while one sees it, else the last answer or heading that begins in the upper part of the window.
function beingRead(content) {
  const line = innerHeight * 0.4;
  const named = content.querySelector(":target");
  if (named?.matches(heading) && named.getBoundingClientRect().top >= 0 && named.getBoundingClientRect().bottom <= innerHeight) {
    return named;
  }

  const focused = document.activeElement?.closest(".answer, .content :is(h2, h3, h4, h5, h6)");
  const places = [...content.parentElement.querySelectorAll(":scope > .answer"), ...content.querySelectorAll(heading)];
  return focused ?? places.filter((place) => place.getBoundingClientRect().top <= line).at(-1) ?? null;
}

// A button at every heading of a document, as at every answer.
export function startCopying() {
  const article = document.querySelector("article .content[data-cite]");
  for (const title of article?.querySelectorAll(":scope > :is(h2, h3, h4)") ?? []) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.dataset.copy = "";
    button.textContent = article.dataset.copy;
    button.setAttribute("aria-label", article.dataset.copyLabel.replace("{0}", textOf([...title.childNodes])));
    title.append(button);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-copy]");
    const answer = button?.closest(".answer");
    if (answer) {
      copyAnswer(answer);
    } else if (button) {
      const content = button.closest(".content") ?? button.closest(".paper").querySelector(".content[data-cite]");
      const pane = content.closest("[data-pane]");
      copySection(content, pane ? content.querySelector(".here") : button.closest(heading) ?? beingRead(content));
    }
  });
}
