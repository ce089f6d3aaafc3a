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
