// What the journeys of reach ask of a page. Evaluated once a page, it leaves
// one object behind.
window.reach = (() => {
  const seen = (el) => el.checkVisibility({ visibilityProperty: true }) && el.getClientRects().length > 0 && !el.closest(".vh");
  const name = (el) => el.outerHTML.replace(/\s+/g, " ").slice(0, 140);
  const can = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const keys = () => [...document.querySelectorAll(can)].filter((el) => seen(el) && !el.disabled && !el.closest("[inert]"));

  // Words that the page cuts off: in a box that hides what does not fit. What is
  // inert is a picture of a block, shown in part.
  const cut = () =>
    [...document.body.querySelectorAll("*")].filter((el) => {
      if (el.closest("svg, .vh, .skip, select, thead, [inert]") || !el.textContent.trim() || !seen(el) || getComputedStyle(el).clipPath === "inset(50%)") return false;
      const s = getComputedStyle(el);
      const hides = (o) => o === "hidden" || o === "clip";
      return (hides(s.overflowX) && el.scrollWidth > el.clientWidth + 1) || (hides(s.overflowY) && el.scrollHeight > el.clientHeight + 2);
    }).map(name);

  // What makes the page wider than the window.
  const wide = () => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const out = [...document.body.querySelectorAll("*")].filter((el) => seen(el) && el.getBoundingClientRect().right > room + 1);
    return [document.documentElement.scrollWidth + " px in " + room, ...out.slice(-3).map(name)];
  };

  const ring = (el) => ["", "::after", "::before"].map((p) => {
    const s = getComputedStyle(el, p || null);
    return s.outlineStyle === "none" || parseFloat(s.outlineWidth) < 2 ? "" : s.outlineColor + s.outlineWidth;
  }).join("|");

  // What the keyboard can reach and the eye cannot find: no ring around it, or
  // wholly under something else.
  const lost = () => {
    const out = [];
    for (const el of keys().slice(0, 150)) {
      document.activeElement.blur();
      const before = ring(el);
      el.focus({ focusVisible: true });
      if (document.activeElement !== el) { out.push("takes no focus: " + name(el)); continue; }
      if (ring(el) === before) out.push("no ring: " + name(el));
      const r = el.getBoundingClientRect();
      const points = [[r.left + 3, r.top + 3], [r.left + r.width / 2, r.top + r.height / 2], [r.right - 3, r.bottom - 3]];
      const on = ([x, y]) => { const at = document.elementFromPoint(x, y); return at && (el.contains(at) || at.contains(el) || at.closest("label")?.control === el); };
      if (!points.some(on)) out.push("covered: " + name(el));
    }
    const top = Object.assign(document.createElement("span"), { tabIndex: -1 }); // Tab begins there again, however many keys were not tried
    document.body.prepend(top);
    top.focus();
    top.remove();
    scrollTo(0, 0);
    return out;
  };

  // What every page has once.
  const frame = () => {
    const out = [];
    for (const one of ["h1", "main", "header.top", "footer.foot", "title"]) {
      const n = document.querySelectorAll(one).length;
      if (n !== 1) out.push(n + " × " + one);
    }
    if (!document.querySelector("h1")?.textContent.trim()) out.push("the title is empty");
    if (keys()[0]?.getAttribute("href") !== "#contenu" && !document.querySelector("a.skip")) out.push("no link to the content comes first");
    return out;
  };
  const menu = () => [...document.querySelectorAll(".menu a")].map((a) => a.getAttribute("href") + " " + a.textContent.trim());

  // The kinds of parts the page is made of: tells one template from another.
  const made = () => [...new Set([...document.querySelectorAll("main [class*='k-'], main [data-widget]")].map((el) =>
    el.dataset.widget ?? [...el.classList].find((c) => c.startsWith("k-"))))].sort().join(" ");

  // What stays on paper though nobody can press it there; a circle can be ticked
  // with a pen.
  // What has no place on paper; and a tick that says that a thing is done and that it is not.
  const printed = () => [
    ...document.querySelectorAll("nav, .menu, .bar, .foot, .skip, .crumbs, button:not(.tick), input, select, textarea"),
    ...[...document.querySelectorAll(".tick")].filter((tick) => [...tick.querySelectorAll(".i")].filter(seen).length !== 1),
  ].filter(seen).map(name);

  // Controls that do nothing without a script.
  const dead = () => [...document.querySelectorAll("button")].filter((b) => seen(b) && (b.type === "button" || !b.form)).map(name);

  const links = () => [...document.querySelectorAll("a[href]")].map((a) => a.getAttribute("href"));
  const pack = (href) => new Promise((done) => {
    const old = document.querySelector("link[rel=stylesheet]");
    if (old.getAttribute("href") === href) return done(0);
    const next = old.cloneNode();
    next.href = href;
    next.onload = () => { old.remove(); document.fonts.ready.then(() => done(1)); };
    next.onerror = () => done(-1);
    old.after(next);
  });
  // The distances of WCAG 1.4.12, on top of whatever the page says.
  // The bar of a phone is put where it stands in the page: what scrolls beneath
  // it at the moment is not out of reach.
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [sheet];
  const space = (on) => sheet.replaceSync(".bar { position: static !important }" + (on ? "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }" : ""));
  space(false);
  const double = (on) => { document.documentElement.style.fontSize = on ? 2 * parseFloat(getComputedStyle(document.documentElement).fontSize) + "px" : ""; };
  document.documentElement.dataset.motion = "reduit"; // colours are there at once
  return { cut, wide, lost, frame, menu, made, printed, dead, links, pack, space, double, keys: () => keys().length };
})();
0;
