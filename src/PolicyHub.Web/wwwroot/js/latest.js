// One question at a time: a newer one calls the older one off, so answers never arrive out of order.
export function latest(ask) {
  let running = null;
  return async (...asked) => {
    running?.abort();
    const mine = running = new AbortController();
    try {
      const answer = await ask(mine.signal, ...asked);
      return running === mine ? { answer } : { stale: true };
    } catch (failure) {
      return running === mine && failure.name !== "AbortError" ? { failure } : { stale: true };
    }
  };
}

export async function read(address, signal, accept) {
  const response = await fetch(address, { signal, headers: { Accept: accept }, credentials: "same-origin" });
  if (!response.ok) {
    throw new Error(`${response.status}`);
  }

  return response;
}
