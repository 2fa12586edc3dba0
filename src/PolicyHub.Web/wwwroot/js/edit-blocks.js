// Which parts of the page stand for which blocks of its source, and what was changed since the server knew of it. The elements themselves are never
// replaced: the caret stays where it is, and undo knows them again.

const hasWords = (element) => element.textContent.trim() !== "" || element.matches("hr, img") || element.querySelector("img, input, hr") !== null;

export function startBlocks(content) {
  // By its first element, a run of elements that the server knows: { elements, htmls, from, count }.
  const known = new Map();
  const first = Number(content.dataset.first);
  let total = Number(content.dataset.total);

  for (const element of content.querySelectorAll(":scope > [data-block]")) {
    const from = Number(element.dataset.block);

    // The browser copies it along when a part is parted in two.
    element.removeAttribute("data-block");
    element.removeAttribute("data-kind");
    known.set(element, { elements: [element], htmls: [element.outerHTML], from, count: 1 });
  }

  // Words that stand in no part of their own, as a browser may leave them.
  function tidy() {
    for (const node of [...content.childNodes]) {
      if ((node.nodeType === Node.TEXT_NODE && node.data.trim() !== "") || (node.nodeType === Node.ELEMENT_NODE && node.matches("b, i, a, span, strong, em, br"))) {
        const selection = getSelection();
        const caret = content.contains(selection.anchorNode) ? [selection.anchorNode, selection.anchorOffset] : null;
        const paragraph = document.createElement("p");
        node.before(paragraph);
        paragraph.append(node);
        if (caret && caret[0] !== content) {
          selection.collapse(...caret);
        } else if (caret) {
          selection.selectAllChildren(paragraph);
          selection.collapseToEnd();
        }
      }
    }
  }

  const isSettled = (group, children, at) => group.elements.every((element, index) => children[at + index] === element && element.outerHTML === group.htmls[index]);

  function changes() {
    tidy();
    const children = [...content.children].filter((element) => !element.matches(".footnotes"));
    const runs = [];
    let next = first;
    let open = [];
    const close = (to) => {
      const elements = open.filter(hasWords);
      const htmls = elements.map((element) => element.outerHTML);
      const html = htmls.join("\n");
      if (to > next || html !== "") {
        runs.push({ from: next, to, html, elements, htmls });
      }

      open = [];
    };
    for (let at = 0; at < children.length;) {
      const group = known.get(children[at]);
      if (group && group.from >= next && isSettled(group, children, at)) {
        close(group.from);
        next = group.from + group.count;
        at += group.elements.length;
      } else {
        open.push(children[at]);
        at++;
      }
    }

    close(total);
    return runs;
  }

  // The server has written runs: how many blocks each has become says where all others stand now.
  function settle(runs, written) {
    const groups = [...known.values()];
    known.clear();
    for (const group of groups) {
      if (!runs.some((run) => group.from >= run.from && group.from < run.to)) {
        const before = runs.filter((run) => run.to <= group.from);
        group.from += before.reduce((sum, run) => sum + written[runs.indexOf(run)].count - (run.to - run.from), 0);
        known.set(group.elements[0], group);
      }
    }

    runs.forEach((run, index) => {
      const { first: from, count } = written[index];
      total += count - (run.to - run.from);
      if (run.elements.length === count) {
        run.elements.forEach((element, at) => known.set(element, { elements: [element], htmls: [run.htmls[at]], from: from + at, count: 1 }));
      } else if (run.elements.length > 0) {
        known.set(run.elements[0], { elements: run.elements, htmls: run.htmls, from, count });
      }
    });
  }

  return { changes, settle };
}
