// Keeps what is typed and shows it beside. Without this script the buttons do the same.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("builder");
  const seen = document.getElementById("preview");
  const away = document.getElementById("away");
  if (!form || !seen) return;
  let dirty = false;
  let submitted = false;
  const show = () => {
    const frame = seen.contentWindow;
    const down = frame.scrollY;
    // Replacing leaves no step in the history, so that "back" leaves the page.
    frame.location.replace(seen.dataset.address || seen.getAttribute("src"));
    seen.addEventListener("load", () => seen.contentWindow.scrollTo(0, down), { once: true });
  };
  seen.addEventListener("load", () => { seen.dataset.address = seen.contentWindow.location.href; });
  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("submit", (event) => { submitted = event.submitter?.formTarget !== "preview"; });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const there = event.detail.successful;
    if (event.detail.xhr && event.detail.xhr.status === 0 && !there) { away.hidden = navigator.onLine; }
    if (event.detail.xhr?.status === 409) { form.querySelector("[name=do][value=keep]").click(); return; }
    away.hidden = there;
    if (!there) return;
    dirty = false;
    for (const line of form.querySelectorAll(".cells .beside")) {
      const field = document.getElementById(line.id.slice(0, -2));
      if (field) field.toggleAttribute("aria-invalid", line.classList.contains("wrong") && line.textContent.trim() !== "");
      if (field?.hasAttribute("aria-invalid")) field.setAttribute("aria-invalid", "true");
    }
    show();
  });
  // Whoever leaves within a second of the last letter loses nothing.
  addEventListener("pagehide", () => {
    if (dirty && !submitted) navigator.sendBeacon(form.action, new URLSearchParams(new FormData(form)));
  });
});
