// Ctrl+Enter keeps the note from wherever one types. Without this script the button does the same.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = document.getElementById("note");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit(document.getElementById("keep"));
});
