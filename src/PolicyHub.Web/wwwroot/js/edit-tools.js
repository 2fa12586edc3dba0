// The bar above the page: what words look like, lists, links, tables, call-outs. One stop of the Tab key; arrows go along it, after the toolbar pattern of the ARIA Authoring Practices.
import { at, into } from "./edit-keys.js";

export function startTools(root, content, { saver, links, history }) {
  const bar = root.querySelector("[data-tools]");
  const tableBar = root.querySelector("[data-table-tools]");
  const live = root.querySelector("[data-said]");
  let range = null;

  const buttons = (of) => [...of.querySelectorAll("button")].filter((button) => !button.hidden);

  function remember() {
    const selection = getSelection();
    if (selection.rangeCount > 0 && content.contains(selection.anchorNode)) {
      range = selection.getRangeAt(0).cloneRange();
      show();
    }
  }

  function back() {
    content.focus({ preventScroll: true });
    if (range && content.contains(range.startContainer)) {
      const selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
    } else if (content.firstElementChild) {
      into(content.lastElementChild, true);
    }
  }

  // What a script changed, of which the browser tells nobody.
  function changed() {
    saver.changed();
    remember();
  }

  // Those of the page's own parts in which the selection lies.
  function parts() {
    const selection = getSelection().getRangeAt(0);
    return [...content.children].filter((part) => selection.intersectsNode(part) && part.getAttribute("contenteditable") !== "false");
  }

  function block(tag) {
    document.execCommand("formatBlock", false, tag);
  }

  function callout(kind, label) {
    const box = at(".callout");
    if (box) {
      const name = box.querySelector(".callout-label");
      if (box.classList.contains(`callout-${kind}`)) {
        const inside = [...box.childNodes].filter((node) => node !== name);
        box.replaceWith(...inside);
        const first = inside.find((node) => node.nodeType === Node.ELEMENT_NODE);
        if (first) {
          into(first, true);
        }

        changed();
        return;
      }

      box.className = `callout callout-${kind}`;
      box.dataset.callout = kind.toUpperCase();
      name.textContent = label;
      changed();
      return;
    }

    const inside = parts().filter((part) => part.matches("p, ul, ol, blockquote, h2, h3, h4, h5, h6"));
    const made = document.createElement("div");
    made.className = `callout callout-${kind}`;
    made.dataset.callout = kind.toUpperCase();
    made.setAttribute("role", "note");
    const name = document.createElement("p");
    name.className = "callout-label";
    name.setAttribute("contenteditable", "false");
    name.textContent = label;
    made.append(name);
    if (inside.length > 0) {
      inside[0].before(made);
      made.append(...inside);
    } else {
      const paragraph = document.createElement("p");
      paragraph.append(document.createElement("br"));
      made.append(paragraph);
      put([made]);
    }

    into(made.lastElementChild, true);
    changed();
  }

  // Puts parts after the one in which the caret stands, or in its place where it is empty.
  function put(nodes) {
    const part = parts()[0];
    if (!part) {
      content.append(...nodes);
    } else if (part.matches("p") && part.textContent.trim() === "" && !part.querySelector("img")) {
      part.replaceWith(...nodes);
    } else {
      part.after(...nodes);
    }
  }

  // The caret stays on its words while they move into other elements.
  function keeping(move) {
    const { anchorNode, anchorOffset } = getSelection();
    const element = anchorNode.nodeType === Node.ELEMENT_NODE ? anchorNode.childNodes[anchorOffset] ?? anchorNode : null;
    const home = move();
    if (anchorNode.nodeType === Node.TEXT_NODE && content.contains(anchorNode)) {
      getSelection().collapse(anchorNode, Math.min(anchorOffset, anchorNode.data.length));
    } else if (element && element !== content && content.contains(element) && element.nodeType === Node.ELEMENT_NODE && !element.matches("br")) {
      into(element, true);
    } else if (home) {
      into(home, true);
    }
  }

  const move = (from, to) => to.append(...from.childNodes);

  // A browser's own lists stand in the middle of a paragraph; these take its place.
  function list(tag) {
    const item = at("li");
    if (item && content.contains(item)) {
      const old = item.parentElement;
      if (old.localName !== tag) {
        const made = document.createElement(tag);
        keeping(() => {
          move(old, made);
          old.replaceWith(made);
          return null;
        });
        changed();
      } else if (old.parentElement.closest("li, ul, ol")) {
        shift(true);
      } else {
        unlist(old);
      }

      return;
    }

    const selection = getSelection().getRangeAt(0);
    const home = at(".callout, blockquote") ?? content;
    const lines = [...home.children].filter((part) => part.matches("p:not(.callout-label), h2, h3, h4, h5, h6") && selection.intersectsNode(part));
    if (lines.length === 0) {
      return;
    }

    const made = document.createElement(tag);
    lines[0].before(made);
    keeping(() => {
      for (const line of lines) {
        const one = document.createElement("li");
        move(line, one);
        made.append(one);
        line.remove();
      }

      return made.lastElementChild;
    });
    changed();
  }

  // The chosen items go under the one before them, or out of the list that they stand in; what follows them there goes along below the last of them.
  function shift(out) {
    const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection();
    const selection = getSelection().getRangeAt(0);
    const inner = at("li").parentElement;
    const items = [...inner.children];
    const chosen = items.filter((item) => selection.intersectsNode(item));
    const [first, last] = [chosen[0], chosen.at(-1)];
    const below = (item) => {
      let list = item.querySelector(":scope > :is(ul, ol)");
      if (!list) {
        list = document.createElement(inner.localName);
        item.append(list);
      }

      return list;
    };
    const outer = inner.parentElement;
    if (out && outer.matches("li, ul, ol")) {
      const after = items.slice(items.indexOf(last) + 1);
      if (after.length > 0) {
        below(last).append(...after);
      }

      (outer.matches("li") ? outer : inner).after(...chosen);
      if (inner.children.length === 0) {
        inner.remove();
      }
    } else if (!out && first.previousElementSibling?.matches("li")) {
      below(first.previousElementSibling).append(...chosen);
    } else {
      return;
    }

    getSelection().setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset);
    changed();
  }

  // The chosen items become paragraphs; those before and after them stay lists.
  function unlist(old) {
    const selection = getSelection().getRangeAt(0);
    const items = [...old.children];
    const chosen = items.filter((item) => selection.intersectsNode(item));
    const after = items.slice(items.indexOf(chosen.at(-1)) + 1);
    const made = [];
    keeping(() => {
      for (const item of chosen) {
        const line = document.createElement("p");
        line.append(...[...item.childNodes].filter((node) => !(node.nodeType === Node.ELEMENT_NODE && node.matches("ul, ol, p"))));
        if (line.childNodes.length > 0) {
          made.push(line);
        }

        made.push(...item.children);
      }

      old.after(...made);
      if (after.length > 0) {
        const rest = document.createElement(old.localName);
        rest.append(...after);
        made.at(-1).after(rest);
      }

      chosen.forEach((item) => item.remove());
      if (old.children.length === 0) {
        old.remove();
      }

      return made[0];
    });
    changed();
  }

  // Puts words with their looks where the caret stands, in the place of what is chosen.
  function insert(nodes) {
    const selection = getSelection();
    if (!selection.isCollapsed) {
      document.execCommand("delete");
    }

    const empty = at("p, li, td, th");
    if (empty?.textContent === "") {
      empty.querySelector("br")?.remove();
      selection.collapse(empty, 0);
    }

    const here = selection.getRangeAt(0);
    for (const node of nodes) {
      here.insertNode(node);
      here.collapse(false);
    }

    const last = nodes.at(-1);
    const next = document.createTextNode("");
    last.after(next);
    selection.collapse(next, 0);
    changed();
  }

  const cell = (name) => {
    const made = document.createElement(name);
    if (name === "th") {
      made.scope = "col";
    }

    made.append(document.createElement("br"));
    return made;
  };

  function table() {
    const around = document.createElement("div");
    around.className = "table-scroll";
    const made = document.createElement("table");
    const head = made.createTHead().insertRow();
    const body = made.createTBody();
    for (let column = 1; column <= 3; column++) {
      const name = cell("th");
      name.textContent = bar.dataset.sayColumn.replace("{0}", column);
      head.append(name);
    }

    for (let row = 0; row < 2; row++) {
      body.insertRow().append(...[1, 2, 3].map(() => cell("td")));
    }

    around.append(made);
    put([around]);
    if (!around.nextElementSibling || around.nextElementSibling.matches(".table-scroll, .footnotes")) {
      const paragraph = document.createElement("p");
      paragraph.append(document.createElement("br"));
      around.after(paragraph);
    }

    getSelection().selectAllChildren(head.cells[0]);
    changed();
  }

  function addRow(of, below) {
    const row = of.parentElement;
    const made = document.createElement("tr");
    made.append(...[...row.cells].map((other) => {
      const one = cell("td");
      one.className = other.className;
      return one;
    }));
    if (row.parentElement.localName === "thead") {
      const table = row.closest("table");
      (table.tBodies[0] ?? table.createTBody()).prepend(made);
    } else if (below) {
      row.after(made);
    } else {
      row.before(made);
    }

    into(made.cells[Math.min(of.cellIndex, made.cells.length - 1)]);
    changed();
    return made;
  }

  // Rows and columns; the first row is the head of the table and stays.
  const tableActs = {
    "row-above": (of) => addRow(of, false),
    "row-below": (of) => addRow(of, true),
    "row-less": (of) => {
      const row = of.parentElement;
      if (row.parentElement.localName === "thead") {
        return;
      }

      const near = (row.nextElementSibling ?? row.previousElementSibling ?? row.closest("table").rows[0]).cells[of.cellIndex];
      row.remove();
      into(near);
      changed();
    },
    "column-after": (of) => {
      const index = of.cellIndex;
      const made = [...of.closest("table").rows].map((row) => {
        const one = cell(row.cells[0].localName);
        (row.cells[index] ?? row.lastElementChild).after(one);
        return one;
      });
      into(made[of.parentElement.rowIndex]);
      changed();
    },
    "column-less": (of) => {
      const index = of.cellIndex;
      const rows = [...of.closest("table").rows];
      if (rows[0].cells.length <= 2) {
        live.textContent = tableBar.dataset.sayTwo;
        return;
      }

      const near = of.nextElementSibling ?? of.previousElementSibling;
      rows.forEach((row) => row.cells[index]?.remove());
      into(near);
      changed();
    },
    "table-less": (of) => {
      const around = of.closest(".table-scroll") ?? of.closest("table");
      const near = around.nextElementSibling ?? around.previousElementSibling;
      around.remove();
      if (near) {
        into(near);
      }

      changed();
    },
  };

  const acts = {
    text: () => block("p"),
    heading: () => block(at("h2") ? "p" : "h2"),
    subheading: () => block(at("h3") ? "p" : "h3"),
    bold: () => document.execCommand("bold"),
    italic: () => document.execCommand("italic"),
    list: () => list("ul"),
    steps: () => list("ol"),
    link: () => links.open(insert, changed),
    file: () => root.querySelector("[data-file]").click(),
    table,
    undo: history.undo,
    redo: history.redo,
  };

  function act(button) {
    back();
    history.mark();
    if (button.dataset.callout) {
      callout(button.dataset.callout, button.dataset.label);
    } else if (button.dataset.tableAct) {
      const of = at("th, td");
      if (of) {
        tableActs[button.dataset.tableAct](of);
      }
    } else {
      acts[button.dataset.act]();
    }

    show();
  }

  // Which buttons are pressed follows from where the caret stands.
  function show() {
    const pressed = {
      bold: () => document.queryCommandState("bold") && !at("th, h2, h3, h4, h5, h6"),
      italic: () => document.queryCommandState("italic"),
      heading: () => at("h2") !== null,
      subheading: () => at("h3, h4, h5, h6") !== null,
      text: () => at("p") !== null && at("li, .callout, blockquote") === null,
      list: () => at("li")?.parentElement.localName === "ul",
      steps: () => at("li")?.parentElement.localName === "ol",
      link: () => at("a") !== null,
    };
    for (const button of bar.querySelectorAll("button")) {
      const is = button.dataset.callout ? at(".callout")?.classList.contains(`callout-${button.dataset.callout}`) ?? false : pressed[button.dataset.act]?.();
      if (is !== undefined) {
        button.setAttribute("aria-pressed", String(is));
      }
    }

    tableBar.hidden = at("th, td") === null;
  }

  for (const one of [bar, tableBar]) {
    buttons(one).forEach((button, index) => {
      button.tabIndex = index === 0 ? 0 : -1;
    });

    // The caret stays in the text.
    one.addEventListener("mousedown", (event) => event.preventDefault());
    one.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) {
        act(button);
      }
    });
    one.addEventListener("keydown", (event) => {
      const all = buttons(one);
      const now = all.indexOf(document.activeElement);
      const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: all.length - 1 }[event.key];
      if (next !== undefined && now >= 0) {
        event.preventDefault();
        const target = all[(next + all.length) % all.length];
        all.forEach((button) => {
          button.tabIndex = button === target ? 0 : -1;
        });
        target.focus();
      } else if (event.key === "Escape") {
        event.preventDefault();
        back();
      }
    });
  }

  document.addEventListener("selectionchange", remember);

  return {
    addRow,
    shift,
    put,
    list,
    insert,
    back,
    changed,
    mark: history.mark,
    focus() {
      (tableBar.hidden ? bar : tableBar).querySelector("button[tabindex='0']").focus();
      return true;
    },

    // Ctrl and a key; whether it did something.
    key(key, shift) {
      if (key === "k") {
        remember();
        links.open(insert, changed);
        return true;
      }

      if (key === "z" || key === "y") {
        (key === "z" && !shift ? history.undo : history.redo)();
        return true;
      }

      if (key === "s") {
        saver.save();
        return true;
      }

      return false;
    },
  };
}
