// What is new, at the foot of the page. It stays until somebody closes it, by its
// button or by Escape from wherever they are, takes no focus by itself and gives
// back the one it had.
export function toast() {
  const box = document.getElementById("nouveau");
  if (!box) return;
  const link = box.querySelector("a");
  let from;
  box.hidden = true; // in a page that was kept while it was there
  box.addEventListener("focusin", (e) => {
    if (!box.contains(e.relatedTarget)) from = e.relatedTarget;
  });
  const close = () => {
    const inside = box.contains(document.activeElement);
    box.hidden = true;
    if (!inside) return;
    from?.focus({ preventScroll: true });
    if (!from || document.activeElement !== from) document.querySelector("main").focus({ preventScroll: true });
  };
  box.querySelector("button").addEventListener("click", close);
  // A menu that is open is closed first: of two, the one on top.
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape" && !document.querySelector("details[data-drop][open]") && location.hash !== "#menu") close();
  }, true);
  const tell = (all) => {
    const [text, about] = link.children;
    text.textContent = all[0].text;
    about.textContent = all[0].about;
    link.href = all[0].href;
    box.hidden = false;
    document.getElementById("annonce").textContent = all.map((n) => [n.text, n.about].filter(Boolean).join(", ")).join(" · ");
  };
  return { tell, read: () => link.getAttribute("href") === "/notifications" && close() };
}
