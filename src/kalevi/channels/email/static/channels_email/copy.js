// Copies what is written in a field. Without this script the button is not there, and one copies by hand.
for (const button of document.querySelectorAll("button[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  if (!field || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      document.getElementById(button.getAttribute("aria-describedby")).hidden = false;
    } catch {
      field.focus();
      field.select();
    }
  });
}
