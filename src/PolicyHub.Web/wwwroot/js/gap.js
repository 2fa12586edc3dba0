// Reports in one key that what was searched for is missing: the form of the page for it, sent from here.
import { read } from "./latest.js";
import { say } from "./toast.js";

const longest = 15000;

export async function reportGap(text) {
  try {
    const limit = AbortSignal.timeout(longest);
    const page = await (await read(`/search/gap?q=${encodeURIComponent(text)}`, limit, "text/html")).text();
    const form = new DOMParser().parseFromString(page, "text/html").querySelector("[data-gap-form]");
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(new FormData(form)), signal: limit, credentials: "same-origin" });
    say(answer.ok ? "reported" : "notReported", text);
  } catch {
    say("notReported");
  }
}
