// Saves by itself: a moment after the last key, when one goes elsewhere, and when the page is left. Until the server has it, it is kept on this computer.
const idle = 1500;
const retry = 5000;
const longest = 20000;

// What a browser sends of a page that is being left.
const mostWhenLeaving = 60 * 1024;

export function startSaver(root) {
  const { api, path, step, key } = root.dataset;
  const words = root.dataset;
  const status = root.querySelector("[data-status]");
  const bar = root.querySelector("[data-trouble]");
  const token = () => document.querySelector("input[name=__RequestVerificationToken]").value;
  let stamp = Number(root.dataset.stamp);
  let source = null;
  let timer = 0;
  let queued = null;
  let chain = Promise.resolve(true);
  let isBusy = false;
  let isStopped = false;
  let refused = "";
  let isWrong = false;

  const time = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });

  function say(state, text) {
    status.dataset.state = state;
    if (status.textContent !== text) {
      status.textContent = text;
    }
  }

  function keep(taken) {
    try {
      localStorage.setItem(key, JSON.stringify({ stamp, at: Date.now(), act: taken.act, fields: taken.fields }));
    } catch {
      // A browser that keeps nothing: the server has to have it.
    }
  }

  function forget() {
    try {
      localStorage.removeItem(key);
    } catch {
      // It keeps nothing.
    }
  }

  function body(fields) {
    const form = new FormData();
    for (const [name, value] of Object.entries({ path, step, stamp, ...fields })) {
      form.append(name, value);
    }

    return form;
  }

  async function post(act, fields, options = {}) {
    const answer = await fetch(`${api}/${act}`, {
      method: "POST",
      body: fields instanceof FormData ? fields : body(fields),
      headers: { RequestVerificationToken: token(), Accept: act === "checks" ? "text/html" : "application/json" },
      credentials: "same-origin",
      redirect: "error",
      signal: AbortSignal.timeout(longest),
      ...options,
    });
    document.dispatchEvent(new Event(answer.status === 401 ? "signed-out" : "signed-in"));
    return answer;
  }

  function stop(text) {
    isStopped = true;
    say("wrong", text);
    bar.querySelector("[data-trouble-words]").textContent = text;
    bar.hidden = false;
  }

  // One save at a time, each going on from the one before.
  function save() {
    clearTimeout(timer);
    queued ??= inTurn(() => {
      queued = null;
      return run();
    });
    return queued;
  }

  function inTurn(act) {
    chain = chain.then(async () => {
      isBusy = true;
      try {
        return await act();
      } finally {
        isBusy = false;
      }
    });
    return chain;
  }

  async function run() {
    for (let taken = source?.take(); taken && !isStopped; taken = source.take()) {
      const same = JSON.stringify(taken.fields);
      if (same === refused) {
        return false;
      }

      keep(taken);
      say("saving", words.saySaving);
      let answer;
      try {
        answer = await post(taken.act, taken.fields);
      } catch {
        say("wrong", words.sayOffline);
        timer = setTimeout(save, retry);
        return false;
      }

      if (answer.status === 409) {
        stop(words.sayStale);
        return false;
      }

      if (answer.status === 422) {
        refused = same;
        say("wrong", words.sayRefused);
        return false;
      }

      if (!answer.ok) {
        say("wrong", answer.status === 401 ? words.saySignedOut : answer.status === 404 ? words.sayGone : words.sayOffline);
        timer = setTimeout(save, retry);
        return false;
      }

      const found = await answer.json();
      stamp = found.stamp;
      refused = "";
      taken.done(found);
      forget();
      say("saved", words.saySaved.replace("{0}", time()));
      document.dispatchEvent(new CustomEvent("change-saved", { detail: found }));
    }

    // What was typed and taken back again.
    if (status.dataset.state === "typing") {
      say("saved", words.sayAsSaved);
    }

    return !isStopped;
  }

  function leave() {
    const taken = isStopped ? null : source?.take();
    if (taken) {
      keep(taken);
      const sent = body(taken.fields);
      if (JSON.stringify(taken.fields).length < mostWhenLeaving && !isBusy) {
        post(taken.act, sent, { keepalive: true, signal: undefined }).then(async (answer) => {
          if (answer.ok) {
            stamp = (await answer.json()).stamp;
            forget();
          }
        }).catch(() => {});
      }
    }
  }

  // What was kept on this computer and never reached the server.
  async function bringBack() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(key) ?? "null");
    } catch {
      forget();
    }

    if (!kept) {
      return;
    }

    if (kept.stamp === stamp) {
      say("saving", words.saySaving);
      try {
        const answer = await post(kept.act, kept.fields);
        if (answer.ok) {
          forget();
          location.reload();
          return;
        }
      } catch {
        say("wrong", words.sayOffline);
        return;
      }
    } else if (kept.stamp < stamp && kept.sure !== false) {
      // The page may have been left after the server had it: then the text holds it already.
      const typed = plain(kept);
      if (root.querySelector("[data-editable]")?.textContent.replace(/\s+/g, " ").includes(typed)) {
        forget();
        return;
      }
    }

    const box = root.querySelector("[data-kept]");
    box.querySelector("textarea").value = plain(kept);
    box.querySelector("[data-forget]").addEventListener("click", () => {
      forget();
      box.hidden = true;
    });
    box.hidden = false;
  }

  function plain(kept) {
    if (kept.act !== "block") {
      return kept.fields.text ?? "";
    }

    const html = JSON.parse(kept.fields.edits).map((edit) => edit.html).join("\n");
    return new DOMParser().parseFromString(html, "text/html").body.textContent.replace(/\s+/g, " ").trim();
  }

  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      save();
    }
  });
  addEventListener("online", () => save());

  return {
    follow(what) {
      source = what;
      bringBack();
    },
    changed() {
      clearTimeout(timer);
      if (!isStopped) {
        say("typing", words.sayTyping);
        timer = setTimeout(save, idle);
      }
    },
    save,
    isSaved: () => !isBusy && !isWrong && (isStopped || !source?.take()),

    // Whether something in the details was not taken; it keeps nobody here twice.
    takeWrong() {
      const was = isWrong;
      isWrong = false;
      return was;
    },
    post,
    say,
    stamp: () => stamp,

    // The form of what is said about the document.
    details(form) {
      return inTurn(async () => {
        if (!await run()) {
          return false;
        }

        say("saving", words.saySaving);
        try {
          const sent = new FormData(form);
          sent.set("path", path);
          sent.set("step", step);
          sent.set("stamp", stamp);
          const answer = await post("details", sent);
          if (answer.status === 409) {
            stop(words.sayStale);
          } else if (answer.ok || answer.status === 422) {
            const found = await answer.json();
            stamp = found.stamp;
            for (const place of form.querySelectorAll("[data-wrong]")) {
              place.textContent = found.wrong?.[place.dataset.wrong] ?? "";
              form.elements[place.dataset.wrong]?.toggleAttribute("aria-invalid", Boolean(place.textContent));
            }

            isWrong = !answer.ok;
            if (answer.ok) {
              document.dispatchEvent(new CustomEvent("change-saved"));
            }

            say(answer.ok ? "saved" : "wrong", answer.ok ? words.saySaved.replace("{0}", time()) : words.sayWrong);
            if (found.title) {
              const title = root.querySelector("[data-title]");
              title.textContent = found.title;
            }
          } else {
            say("wrong", words.sayOffline);
          }
        } catch {
          say("wrong", words.sayOffline);
        }

        return !isStopped;
      });
    },
  };
}
