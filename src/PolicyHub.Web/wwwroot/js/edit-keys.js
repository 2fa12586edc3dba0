// Keys as in a word processor, where the browser's own would do something else.
const lists = { "-": "ul", "*": "ul", "1.": "ol", "1)": "ol" };

export const at = (selector) => {
  const node = getSelection().anchorNode;
  return (node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement)?.closest(selector) ?? null;
};

export function into(element, toEnd = false) {
  const selection = getSelection();
  selection.selectAllChildren(element);
  if (toEnd) {
    selection.collapseToEnd();
  } else {
    selection.collapseToStart();
  }

  element.scrollIntoView({ block: "nearest" });
}

export function startEditKeys(content, tools) {
  const cells = (table) => [...table.querySelectorAll("th, td")];

  function enter(event) {
    const cell = at("th, td");
    const code = at("pre");
    const box = at(".callout");
    if (cell) {
      tools.mark();
      const below = cell.closest("table").rows[cell.parentElement.rowIndex + 1] ?? tools.addRow(cell, true);
      into(below.cells[Math.min(cell.cellIndex, below.cells.length - 1)]);
      return true;
    }

    if (code) {
      tools.mark();
      const range = getSelection().getRangeAt(0);
      range.deleteContents();
      const line = document.createTextNode("\n");
      range.insertNode(line);
      getSelection().collapse(line, 1);
      content.dispatchEvent(new InputEvent("input", { bubbles: true }));
      return true;
    }

    // An empty line at the end of a box leads out of it.
    const line = at("p");
    if (box && line && line !== box.querySelector(".callout-label") && line.textContent.trim() === "" && line === box.lastElementChild && box.children.length > 2 && !event.shiftKey) {
      tools.mark();
      const paragraph = document.createElement("p");
      paragraph.append(document.createElement("br"));
      box.after(paragraph);
      line.remove();
      into(paragraph);
      return true;
    }

    return false;
  }

  function tab(back) {
    const cell = at("th, td");
    const item = at("li");
    tools.mark();
    if (cell) {
      const all = cells(cell.closest("table"));
      const next = all[all.indexOf(cell) + (back ? -1 : 1)];
      if (next || !back) {
        const row = next ? null : tools.addRow(cell, true);
        getSelection().selectAllChildren(next ?? row.cells[0]);
      }

      return true;
    }

    if (item && content.contains(item)) {
      tools.shift(back);
      return true;
    }

    return false;
  }

  // “- ” and “1. ” at the beginning of a line begin a list.
  function space() {
    const line = at("p");
    const selection = getSelection();
    if (!line || line.parentElement !== content || !selection.isCollapsed) {
      return false;
    }

    const before = document.createRange();
    before.setStart(line, 0);
    before.setEnd(selection.anchorNode, selection.anchorOffset);
    const tag = lists[before.toString()];
    if (!tag) {
      return false;
    }

    tools.mark();
    selection.removeAllRanges();
    selection.addRange(before);
    document.execCommand("delete");
    tools.list(tag);
    return true;
  }

  content.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey) {
      return;
    }

    const control = event.ctrlKey || event.metaKey;
    const isDone = control
      ? tools.key(event.key.toLowerCase(), event.shiftKey)
      : event.key === "Enter" ? enter(event)
        : event.key === "Tab" ? tab(event.shiftKey)
          : event.key === " " ? space()
            : event.key === "Escape" ? tools.focus()
              : false;
    if (isDone) {
      event.preventDefault();
    }
  });
}
