import { dated } from "./as-of.js";

// Draws what the search API answered as the options of a listbox. Text goes in as text; only the marks are elements.
export function draw(list, found, words) {
  const rows = [
    ...(found.numbered ? [option(found.numbered.url, "", [line("option-title", found.numbered.title), line("option-facts", facts([found.numbered.id, found.numbered.state]))])] : []),
    ...found.answers.slice(0, 1).map((answer) => answerRow(answer, words)),
    ...found.results.map((result) => resultRow(result, words)),
  ];
  if (rows.length === 0) {
    rows.push(...nothingRows(found, words));
  }

  if (found.query.trim() !== "") {
    const all = option(dated(`/search?q=${encodeURIComponent(found.query)}`), "", [line("option-title", words.all.replace("{0}", found.query))]);
    all.dataset.all = "";
    rows.push(all);
  }

  put(list, rows);
}

// What is pinned and recent, for an empty box.
export function drawMine(list, { pinned, recent }, words) {
  const row = (name) => (one) => option(one.url, "", [line("option-title", one.title), line("option-facts", facts([name, one.facts]))]);
  put(list, [...pinned.map(row(words.sayPinned)), ...recent.map(row(words.sayRecent))]);
}

function put(list, rows) {
  rows.forEach((row, at) => {
    row.id = `${list.id}-${at}`;
  });
  list.replaceChildren(...rows);
}

// Nothing found: the nearest spelling, who would have it, and the report.
function nothingRows(found, words) {
  const rows = found.desks.map((one) => option(one.url, "", [line("option-facts", words.sayDesk), line("option-title", one.title), line("option-facts", facts([one.reach, one.state, one.handles]))]));
  if (found.suggestion) {
    rows.unshift(option(dated(`/search?q=${encodeURIComponent(found.suggestion)}`), "", [line("option-facts", words.saySuggestion), line("option-title", found.suggestion)]));
  }

  const gap = option(`/search/gap?q=${encodeURIComponent(found.query)}`, "", [line("option-title", words.sayGap)]);
  gap.dataset.gap = "";
  return [...rows, gap];
}

function answerRow(answer, words) {
  const lines = [line("option-facts answer-ask", answer.ask)];
  if (answer.onlyIf) {
    const condition = line("option-text", ` ${answer.onlyIf}`);
    const label = document.createElement("strong");
    label.textContent = words.onlyIf;
    condition.prepend(label);
    lines.push(condition);
  }

  lines.push(line("option-title", answer.say), line("option-facts row-facts", facts([answer.title, answer.id, desk(answer.desk), answer.state])));
  return citable(option(answer.url, "option-answer", lines), answer);
}

function resultRow(result, words) {
  const title = line("option-title");
  marked(title, result.title, result.marks.title);
  if (result.heading) {
    title.append(" › ");
    marked(title, result.heading, result.marks.heading);
  }

  const text = line("option-text");
  marked(text, result.snippet, result.marks.snippet);
  return citable(option(result.url, "", [title, line("option-facts", facts([result.kindName, result.id, desk(result.desk), result.state])), text]), result);
}

// What copying it needs: its citation, its address without the words searched for, and where its section is read.
function citable(row, found) {
  const address = new URL(found.url, location.href);
  Object.assign(row.dataset, { cite: found.citation, link: dated(address.pathname), section: decodeURIComponent(address.hash.slice(1)), read: found.pane });
  return row;
}

function option(url, extra, lines) {
  const row = document.createElement("div");
  row.setAttribute("role", "option");
  row.setAttribute("aria-selected", "false");
  row.dataset.url = url;
  if (extra) {
    row.className = extra;
  }

  row.append(...lines);
  return row;
}

function line(name, text = "") {
  const element = document.createElement("div");
  element.className = name;
  element.textContent = text;
  return element;
}

function desk(found) {
  return found && [found.title, found.reach, found.state && found.state.charAt(0).toLowerCase() + found.state.slice(1)].filter(Boolean).join(", ");
}

function facts(parts) {
  return parts.filter(Boolean).join(" · ");
}

function marked(into, text, marks) {
  let at = 0;
  for (const [start, length] of marks) {
    into.append(text.slice(at, start));
    const mark = document.createElement("mark");
    mark.textContent = text.slice(start, start + length);
    into.append(mark);
    at = start + length;
  }

  into.append(text.slice(at));
}
