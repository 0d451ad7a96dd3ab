// Escape closes an open menu and gives the focus back; so does a press anywhere else, which keeps its own focus.
// Without this script a menu closes from where it was opened.
const opened = () => document.querySelector('details[name="top"][open]');
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" ? opened() : null;
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("pointerdown", (event) => {
  const menu = opened();
  if (menu && !menu.contains(event.target)) menu.open = false;
});
