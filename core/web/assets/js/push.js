// Has the maker of this browser deliver notices while the page is closed: the form
// carries the server's key, and goes off with the browser's subscription.
export function push() {
  const form = document.querySelector('form[action="/compte/notifications/navigateur"]');
  if (!form || !("PushManager" in self)) return;
  form.addEventListener("submit", async (e) => {
    if (form.endpoint.value) return;
    e.preventDefault();
    e.stopPropagation();
    try {
      const worker = await navigator.serviceWorker.getRegistration();
      const sub = (await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: form.cle.value })).toJSON();
      form.endpoint.value = sub.endpoint;
      form.p256dh.value = sub.keys.p256dh;
      form.auth.value = sub.keys.auth;
    } catch {} // refused: the answer says so
    form.submit();
  });
}
