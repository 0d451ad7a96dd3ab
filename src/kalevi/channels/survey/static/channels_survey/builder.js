// Keeps what is typed and shows it beside. Without this script the buttons do the same.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("builder");
  const seen = document.getElementById("preview");
  const away = document.getElementById("away");
  if (!form || !seen) return;
  let dirty = false;
  let sent = false;
  let address = seen.getAttribute("src");
  // The language chosen in the frame stays chosen.
  seen.addEventListener("load", () => { address = seen.contentWindow.location.href; });
  const show = () => {
    const down = seen.contentWindow.scrollY;
    // Replacing leaves no step in the history, so that "back" leaves the page.
    seen.contentWindow.location.replace(address);
    seen.addEventListener("load", () => seen.contentWindow.scrollTo(0, down), { once: true });
  };
  const mark = () => {
    for (const line of form.querySelectorAll(".cells .beside")) {
      const field = document.getElementById(line.id.slice(0, -2));
      if (line.classList.contains("wrong") && line.textContent.trim()) field?.setAttribute("aria-invalid", "true");
      else field?.removeAttribute("aria-invalid");
    }
  };
  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("submit", (event) => { sent = event.submitter?.formTarget !== "preview"; });
  document.body.addEventListener("htmx:beforeRequest", () => { dirty = false; });
  document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
    const was = event.detail.target.querySelector?.("details");
    const now = event.detail.fragment.querySelector?.("details");
    if (was && now) now.open = was.open;
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    // Somebody else wrote meanwhile: the whole page says so and holds what is typed.
    if (event.detail.xhr?.status === 409) return form.querySelector("button[value=keep]").click();
    away.hidden = Boolean(event.detail.successful);
    if (!event.detail.successful) { dirty = true; return; }
    mark();
    show();
  });
  // Whoever leaves within a second of the last letter loses nothing.
  addEventListener("pagehide", () => {
    if (dirty && !sent) navigator.sendBeacon(form.action, new URLSearchParams(new FormData(form)));
  });
});
