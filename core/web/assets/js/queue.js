// What was done offline and is still to be sent. Every entry bears a key of its
// own, with which the server knows what it has done already; one page, or the
// service worker, sends at a time. So each is done once.
const shelf = () => caches.open("preau-envois");
const head = "/envoi/";

export const queued = async () => {
  const box = await shelf();
  return Promise.all((await box.keys()).map(async (r) => (await box.match(r)).headers.get("X-To")));
};

export const keep = async (to, body) => {
  const key = Date.now().toString(36) + "-" + crypto.randomUUID();
  await (await shelf()).put(head + key, new Response(body, { headers: { "X-To": to } }));
};

// Sends what waits, in its order. What the network does not take, or the server
// cannot take now, goes on waiting; what the server refuses is told.
export const send = () =>
  navigator.locks.request("preau-envois", async () => {
    const box = await shelf(), done = { sent: 0, refused: 0, left: 0 };
    const all = await box.keys();
    for (const r of all) {
      const item = await box.match(r);
      const key = new URL(r.url).pathname.slice(head.length);
      let answer;
      try {
        answer = await fetch(item.headers.get("X-To"), {
          method: "POST", body: await item.blob(), redirect: "manual",
          headers: { "Idempotency-Key": key, Accept: "application/json", "Content-Type": item.headers.get("Content-Type") },
        });
      } catch {
        answer = { status: 503 };
      }
      if ([401, 408, 425, 429].includes(answer.status) || answer.status >= 500) break;
      answer.ok || answer.type === "opaqueredirect" ? done.sent++ : done.refused++;
      await box.delete(r);
    }
    done.left = (await box.keys()).length;
    return done;
  });
