// Says when the center does not answer: numbers that stand still must not look alive.
(() => {
  const silent = new Set(); // what is asked for and not answered: one part that works hides no other
  const told = (event, failed) => {
    const path = event.detail.requestConfig.path.split("?")[0];
    if (failed) silent.add(path); else silent.delete(path);
    const line = document.getElementById("stale");
    if (line) line.hidden = silent.size === 0;
    document.body.classList.toggle("is-stale", silent.size > 0);
  };
  document.addEventListener("htmx:sendError", (event) => told(event, true));
  document.addEventListener("htmx:timeout", (event) => told(event, true));
  document.addEventListener("htmx:responseError", (event) => told(event, event.detail.xhr.status >= 500));
  document.addEventListener("htmx:afterOnLoad", (event) => told(event, false));
})();

// A form that could not be taken stands there again as it was typed.
(() => {
  const wrong = document.getElementById("wrong"), kept = wrong?.dataset.typed;
  if (!kept) return;
  const { action, fields } = JSON.parse(kept);
  const said = (name) => fields[name] ?? [];
  const isIt = (form) => form.method === "post" && new URL(form.action).pathname === action &&
    [...form.elements].every((one) => one.type !== "hidden" || one.name === "csrf" || said(one.name).includes(one.value));
  const form = [...document.forms].find(isIt);
  if (!form) return;
  for (let part = form.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  const places = {}; // a name may stand there several times
  let first = null;
  for (const one of form.elements) {
    if (!one.name || ["hidden", "file", "password", "submit"].includes(one.type)) continue;
    if (one.type === "checkbox" || one.type === "radio") one.checked = said(one.name).includes(one.value);
    else one.value = said(one.name)[places[one.name] = (places[one.name] ?? -1) + 1] ?? one.value;
    first ??= one;
  }
  form.prepend(wrong); // where one looks, not above a long list
  first?.focus();
})();

// Pressed twice is meant once: a second notice, a second case would be one too many.
(() => {
  const sent = new Set();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (sent.has(form)) event.preventDefault();
    else { sent.add(form); setTimeout(() => sent.delete(form), 8000); }
  });
  addEventListener("pageshow", () => sent.clear());
})();

// On a phone a table becomes cards, where each cell says what it is.
(() => {
  const entitle = (root) => {
    for (const table of root.querySelectorAll("table.stack")) {
      const titles = [...table.querySelectorAll("thead th")].map((th) => (th.querySelector(".hidden") ? "" : th.textContent.trim()));
      for (const cell of table.querySelectorAll("tbody td"))
        if (cell.colSpan === 1) cell.dataset.title = titles[cell.cellIndex] ?? "";
    }
  };
  entitle(document);
  document.addEventListener("htmx:load", (event) => entitle(event.target.parentElement ?? document));
})();
