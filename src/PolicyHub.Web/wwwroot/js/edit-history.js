// Undo and redo, of what is typed as of what the buttons do. The browser’s own undo knows nothing of parts that a script has moved, so each step is kept
// as which nodes stood where and what they said. The nodes themselves are put back, never copies: whoever knows them by their identity goes on knowing them.
const mostSteps = 300;

// Typing is one step until one pauses, turns to something else, or moves the caret.
const pause = 1000;
const typing = new Set(["insertText", "insertCompositionText", "deleteContentBackward", "deleteContentForward"]);

// Not the style that a browser writes while one types: it is taken over nowhere, and no script may set one here.
const said = (node) => [...node.attributes].filter(({ name }) => name !== "style").map(({ name, value }) => [name, value]);

// What a part looks like now; the very object of before where it looks the same, so that a step costs no more than what it changed.
function look(node, before) {
  if (node.nodeType !== Node.ELEMENT_NODE) {
    return before?.node === node && before.data === node.data ? before : { node, data: node.data };
  }

  const attributes = said(node);
  const nodes = [...node.childNodes];
  const known = before?.node === node ? before : null;
  const of = new Map(known?.parts.map((part) => [part.node, part]));
  const parts = nodes.map((child) => look(child, of.get(child)));
  const isSame = known && parts.length === known.parts.length && parts.every((part, index) => part === known.parts[index])
    && attributes.length === known.attributes.length && attributes.every(([name, value], index) => name === known.attributes[index][0] && value === known.attributes[index][1]);
  return isSame ? known : { node, attributes, parts };
}

function restore(was) {
  const { node } = was;
  if (node.nodeType !== Node.ELEMENT_NODE) {
    if (node.data !== was.data) {
      node.data = was.data;
    }

    return;
  }

  const wanted = new Map(was.attributes);
  for (const [name] of said(node)) {
    if (!wanted.has(name)) {
      node.removeAttribute(name);
    }
  }

  for (const [name, value] of wanted) {
    if (node.getAttribute(name) !== value) {
      node.setAttribute(name, value);
    }
  }

  if (node.matches("input[type=checkbox]")) {
    node.checked = node.hasAttribute("checked");
  }

  if (node.childNodes.length !== was.parts.length || was.parts.some((part, index) => node.childNodes[index] !== part.node)) {
    node.replaceChildren(...was.parts.map((part) => part.node));
  }

  was.parts.forEach(restore);
}

export function startHistory(content, saver) {
  const past = [];
  const future = [];
  let last = "";
  let at = 0;

  function caret() {
    const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection();
    return content.contains(anchorNode) && content.contains(focusNode) ? [anchorNode, anchorOffset, focusNode, focusOffset] : null;
  }

  let now = { page: look(content, null), caret: null };

  // Whatever has changed since the last step is one.
  function take() {
    const page = look(content, now.page);
    if (page !== now.page) {
      past.push(now);
      past.splice(0, past.length - mostSteps);
      future.length = 0;
      now = { page };
    }

    now.caret = caret() ?? now.caret;
  }

  function go(from, to) {
    take();
    const step = from.pop();
    if (!step) {
      return;
    }

    to.push(now);
    now = step;
    last = "";
    restore(step.page);
    const length = (node) => node.data?.length ?? node.childNodes.length;
    if (step.caret && content.contains(step.caret[0]) && content.contains(step.caret[2])) {
      const [anchor, anchorAt, focus, focusAt] = step.caret;
      getSelection().setBaseAndExtent(anchor, Math.min(anchorAt, length(anchor)), focus, Math.min(focusAt, length(focus)));
      (anchor.parentElement ?? content).scrollIntoView({ block: "nearest" });
    }

    saver.changed();
  }

  const undo = () => go(past, future);
  const redo = () => go(future, past);

  // Something is about to be changed.
  function mark(what = "") {
    if (what !== last || !typing.has(what) || performance.now() - at > pause) {
      take();
    }

    last = what;
    at = performance.now();
  }

  content.addEventListener("beforeinput", (event) => {
    if (event.inputType === "historyUndo" || event.inputType === "historyRedo") {
      event.preventDefault();
      (event.inputType === "historyUndo" ? undo : redo)();
    } else {
      mark(event.inputType);
    }
  });
  content.addEventListener("pointerdown", () => mark());
  content.addEventListener("keydown", (event) => {
    if (/^(Arrow|Home|End|Page)/.test(event.key)) {
      mark();
    }
  });

  return { mark, undo, redo };
}
