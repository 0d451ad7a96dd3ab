// A kiosk: an answer is kept on this device the moment a face is touched, and leaves it only when the
// server says that it is stored. The id made here makes a second sending the same answer.
(() => {
  const { key, version, reset, worker } = document.body.dataset;
  const sections = [...document.querySelectorAll("section")];
  const first = sections.find((one) => !one.hidden).lang;
  const store = keep("kalevi-kiosk-" + key);
  let now = null, timer = 0, pause = 5000, later = 0, sending = false, last = 0;

  const shown = () => sections.find((one) => !one.hidden);
  const part = (name) => {
    const section = shown();
    for (const one of ["asks", "after", "bye"]) section.querySelector("." + one).hidden = one !== name;
    if (name !== "asks") section.querySelector("." + name).focus();
  };
  const wait = (seconds, then) => { clearTimeout(timer); timer = setTimeout(then, seconds * 1000); };

  function speak(language) {
    for (const one of sections) one.hidden = one.lang !== language;
    for (const one of document.querySelectorAll("[data-language]"))
      one.dataset.language === language ? one.setAttribute("aria-current", "true") : one.removeAttribute("aria-current");
    document.documentElement.lang = language;
    document.title = shown().dataset.title;
    part("asks");
  }
  function begin() {
    clearTimeout(timer);
    for (const one of document.querySelectorAll("textarea")) one.value = "";
    now = null;
    speak(first);
  }
  async function touch(feeling) {
    now = { id: id(), version, language: shown().lang, feeling, words: "", at: new Date().toISOString(), open: true };
    await store.put(now);
    if (!shown().querySelector(".after form")) return done("");
    part("after");
    wait(+reset, () => done(""));
  }
  async function done(words) {
    if (!now) return;
    const answer = { ...now, words, open: false };
    now = null;
    part("bye");
    wait(5, begin);
    await store.put(answer);
    send();
  }

  // Sending: one after another, the oldest first; what fails stays and is tried again.
  async function send() {
    clearTimeout(later);
    if (sending) return;
    sending = true;
    try {
      const ready = (await store.all()).filter((one) => !one.open).sort((a, b) => (a.at < b.at ? -1 : 1));
      for (const [place, answer] of ready.entries()) {
        const { open, ...told } = answer;
        const reply = await post("", { ...told, waiting: ready.length - place - 1 });
        // Refused for what it is, it would be refused for ever: the server keeps count of those.
        if (!reply.ok && reply.status !== 400) throw reply;
        await store.remove(answer.id);
        last = Date.now();
        pause = 5000;
      }
      later = setTimeout(here, 300000);
    } catch (fault) {
      const asked = fault.headers ? +fault.headers.get("Retry-After") * 1000 : 0;
      later = setTimeout(send, Math.max(asked, pause));
      pause = Math.min(pause * 2, 60000);
    }
    sending = false;
  }
  async function here() {
    const ready = (await store.all()).filter((one) => !one.open).length;
    await post("here/", { waiting: ready }).catch(() => 0);
    send();
  }
  const post = (where, told) => fetch(location.pathname + where, {
    method: "POST", body: JSON.stringify(told), headers: { "Content-Type": "application/json" },
    credentials: "omit", cache: "no-store" });

  // Where answers wait: IndexedDB, else localStorage, else this page as long as it lives.
  function keep(name) {
    let local = null;
    const box = () => { try { return JSON.parse(localStorage.getItem(name) || "{}"); } catch { return {}; } };
    const memory = {};
    const fallback = {
      put(one) { memory[one.id] = one; try { localStorage.setItem(name, JSON.stringify({ ...box(), [one.id]: one })); } catch {} },
      remove(one) { delete memory[one]; try { const all = box(); delete all[one]; localStorage.setItem(name, JSON.stringify(all)); } catch {} },
      all: () => Object.values({ ...box(), ...memory }),
    };
    const open = new Promise((yes) => {
      try {
        const asked = indexedDB.open(name, 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore("answers", { keyPath: "id" });
        asked.onsuccess = () => yes(asked.result);
        asked.onerror = asked.onblocked = () => yes(null);
      } catch { yes(null); }
    });
    const run = async (mode, what) => {
      const base = local || (local = await open);
      if (!base) throw new Error("no database");
      return new Promise((yes, no) => {
        const change = base.transaction("answers", mode, { durability: "strict" });
        const asked = what(change.objectStore("answers"));
        change.oncomplete = () => yes(asked.result);
        change.onerror = change.onabort = no;
      });
    };
    return {
      put: (one) => run("readwrite", (box) => box.put(one)).catch(() => fallback.put(one)),
      remove: async (one) => { await run("readwrite", (box) => box.delete(one)).catch(() => 0); fallback.remove(one); },
      all: async () => {
        const kept = await run("readonly", (box) => box.getAll()).catch(() => []);
        const ids = new Set(kept.map((one) => one.id));
        return [...kept, ...fallback.all().filter((one) => !ids.has(one.id))];
      },
    };
  }
  function id() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  for (const section of sections) {
    section.querySelector(".asks").addEventListener("submit", (event) => {
      event.preventDefault();
      if (!now && event.submitter) touch(event.submitter.value);
    });
    const after = section.querySelector(".after form");
    if (!after) continue;
    const words = after.querySelector("textarea");
    words.addEventListener("input", () => wait(+reset, () => done("")));
    after.addEventListener("submit", (event) => { event.preventDefault(); done(words.value.trim()); });
    after.querySelector("[data-done]").addEventListener("click", () => done(""));
  }
  for (const link of document.querySelectorAll("[data-language]"))
    link.addEventListener("click", (event) => {
      event.preventDefault();
      if (now) return;
      speak(link.dataset.language);
      wait(+reset, begin);
    });
  addEventListener("keydown", (event) => {
    const face = shown().querySelectorAll(".asks:not([hidden]) button[name=feeling]")[+event.key - 1];
    if (face && !event.ctrlKey && !event.altKey && !event.metaKey) face.click();
  });
  addEventListener("online", send);
  addEventListener("visibilitychange", () => { if (!document.hidden) send(); });

  const full = document.querySelector("[data-full]");
  if (document.fullscreenEnabled) {
    full.hidden = false;
    full.firstElementChild.addEventListener("click", () => document.documentElement.requestFullscreen());
    addEventListener("fullscreenchange", () => { full.hidden = !!document.fullscreenElement; });
  }

  // So that the page itself opens without a network.
  if (navigator.serviceWorker && window.caches) {
    navigator.serviceWorker.register(worker, { scope: "/k/" }).catch(() => 0);
    const files = [...document.querySelectorAll("link[rel=stylesheet],link[rel=manifest],script[src]")].map((one) => one.href || one.src);
    caches.open("kalevi-kiosk").then((box) => box.addAll([location.pathname, ...files])).then(
      () => navigator.serviceWorker.ready).then(() => { document.body.dataset.ready = "offline"; }).catch(() => 0);
  }

  // A face that was touched before the page was left counts as it was.
  store.all().then((kept) => Promise.all(kept.filter((one) => one.open).map((one) => store.put({ ...one, open: false })))).then(here);
})();
