// The service worker. It answers pages that were kept when the network does not
// (offline.js keeps them), sends what waits once the network is back, and shows
// what the server pushes.
import { send } from "./queue.js";

addEventListener("install", () => skipWaiting());
addEventListener("activate", (e) =>
  e.waitUntil(Promise.all([clients.claim(), registration.navigationPreload?.enable()])));

addEventListener("fetch", (e) => {
  const asked = e.request;
  if (asked.method !== "GET") return;
  if (asked.mode === "navigate") e.respondWith(page(e));
  else if (new URL(asked.url).pathname.startsWith("/assets/")) e.respondWith(asset(asked));
});

const page = async (e) => {
  try {
    return (await e.preloadResponse) || (await fetch(e.request));
  } catch {
    return kept(e.request);
  }
};

const asset = async (asked) => (await caches.match(asked)) || fetch(asked);

// The page as it was, or home with a word that this one was not kept.
const kept = async (asked) => {
  const pages = await caches.open("preau-pages");
  const copy = (await pages.match(asked)) || (await pages.match(asked, { ignoreSearch: true }));
  if (copy) return copy;
  const home = await pages.match("/");
  if (!home) return Response.error();
  const text = await home.text();
  const word = text.match(/<template id="absente">([^]*?)<\/template>/)?.[1] ?? "";
  return new Response(text.replace(/(<main[^>]*>)[^]*(<\/main>)/, (_, open, close) => open + word + close), { headers: home.headers });
};

addEventListener("sync", (e) => e.waitUntil(send().then((done) => {
  if (done.left) throw new Error("later"); // the browser tries again
})));

addEventListener("push", (e) => {
  const m = e.data?.json();
  if (!m) return;
  e.waitUntil(Promise.all([
    registration.showNotification(m.title, {
      body: m.body, tag: m.tag, renotify: Boolean(m.tag), requireInteraction: Boolean(m.urgent), data: m.url, icon: ICON,
    }),
    navigator.setAppBadge?.(m.unread).catch(() => {}),
  ]));
});

// A click leads there in a page that is open already, else in a new one.
addEventListener("notificationclick", (e) => {
  e.notification.close();
  const to = new URL(e.notification.data || "/", location.origin);
  if (to.origin !== location.origin) return;
  e.waitUntil(clients.matchAll({ type: "window" }).then(async ([open]) => {
    if (!open) return clients.openWindow(to);
    await open.focus();
    return open.navigate(to);
  }));
});
