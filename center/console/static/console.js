// Says when the center does not answer: numbers that stand still must not look alive.
(() => {
  const stale = (on) => {
    const line = document.getElementById("stale");
    if (line) line.hidden = !on;
    document.body.classList.toggle("is-stale", on);
  };
  document.addEventListener("htmx:sendError", () => stale(true));
  document.addEventListener("htmx:timeout", () => stale(true));
  document.addEventListener("htmx:responseError", (event) => stale(event.detail.xhr.status >= 500));
  document.addEventListener("htmx:afterOnLoad", () => stale(false));
})();
