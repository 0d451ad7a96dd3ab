// Tells of cases and thanks in the browser while a page of ours is open, for those who chose it; nothing runs otherwise.
"use strict";
const address = document.currentScript.dataset.address, KEY = "kalevi-told";
const chosen = document.getElementById("id_by_browser");
chosen?.addEventListener("change", () => { if (chosen.checked) window.Notification?.requestPermission(); });
async function look() {
  const answer = await fetch(`${address}?after=${localStorage.getItem(KEY) ?? ""}`, { credentials: "same-origin" });
  if (answer.status === 204) return false;
  if (answer.ok) {
    const { after, told } = await answer.json();
    localStorage.setItem(KEY, after);
    for (const one of told) {
      const note = new Notification(one.text, { tag: `kalevi-${one.id}` });
      note.onclick = () => { window.focus(); location.href = one.address; };
    }
  }
  return true;
}
if (window.Notification?.permission === "granted") {
  const again = async () => { try { if (!(await look())) return; } catch { /* no connection: later */ } setTimeout(again, 60000); };
  again();
}
