/* A survey on a page of yours: <script src=".../w/widget.js" data-survey="KEY" async></script>
   data-language fi, sv or en (else the page's) · data-label of the button · data-position right or left ·
   data-target a selector, to stand open inside that element · data-accent a colour such as #234f3c.
   No cookies, no styles or scripts of other places, nothing is loaded before somebody opens it. */
((me) => {
  const begin = () => {
  const set = me.dataset, place = new URL(me.src).origin + "/w/" + set.survey;
  const wanted = (set.language || document.documentElement.lang || navigator.language || "fi").slice(0, 2);
  const texts = {
    fi: ["Kerro meille", "Sulje", "Kiitos", "Yhteys katkesi. Se, mitä kirjoitit, on tallessa: lähetä se hetken kuluttua uudelleen.", "Valitse tai kirjoita ensin jotain."],
    sv: ["Berätta för oss", "Stäng", "Tack", "Förbindelsen bröts. Det du skrev finns kvar: skicka det igen om en stund.", "Välj eller skriv först något."],
    en: ["Tell us", "Close", "Thank you", "The connection broke. What you wrote is still here: send it again in a moment.", "Choose or write something first."],
  };
  const language = texts[wanted] ? wanted : "fi";
  const [label, shut, thanks, away, empty] = texts[language];
  const css = `:host{all:initial;--paper:#fffcf5;--ink:#1b2c24;--soft:#4d5b52;--edge:#8b8672;--main:#234f3c;--on:#fff;--lake:#1a567f;--rowan:#a32a22;--anger:#b8362a;--anticipation:#a3488c;--disgust:#6c6a16;--fear:#5d4c91;--joy:#8a6400;--sadness:#33639f;--surprise:#14798a;--trust:#2f7d4d;--good:var(--main);--bad:var(--rowan);--open:var(--soft)}
@media(prefers-color-scheme:dark){:host{--paper:#1a2821;--ink:#f0eadb;--soft:#b7c1b2;--edge:#82917f;--main:#a9d3ba;--on:#10241b;--lake:#93c8ec;--rowan:#f3988a;--anger:#f08a7c;--anticipation:#de97cb;--disgust:#c3c062;--fear:#b8a8ec;--joy:#f0c750;--sadness:#8fb8ec;--surprise:#6dcbd8;--trust:#83cf9d}}
*{box-sizing:border-box;font:400 16px/1.5 system-ui,sans-serif;color:var(--ink)}
.float{position:fixed;bottom:16px;z-index:2147483000;display:flex;flex-direction:column;gap:10px;max-width:calc(100vw - 32px)}.right{right:16px;align-items:flex-end}.left{left:16px;align-items:flex-start}
button{min-height:48px;padding:8px 20px;border:2px solid var(--main);border-radius:999px;background:var(--main);color:var(--on);font-weight:600;cursor:pointer}
.close{min-width:44px;min-height:44px;padding:0;background:none;border:0;color:var(--ink);font-size:24px;flex:none}
.sheet{width:min(400px,100%);max-height:min(620px,calc(100vh - 100px));overflow:auto;padding:16px 20px 20px;background:var(--paper);border:1px solid var(--edge);border-radius:16px;box-shadow:0 12px 40px -16px #0008}.in .sheet{width:auto;max-height:none;box-shadow:none}
.head{display:flex;gap:12px;justify-content:space-between;align-items:flex-start}
h2,legend,.q>label{font:600 19px/1.3 Georgia,serif;margin:8px 0;padding:0;display:block}
fieldset,.q{border:0;margin:18px 0 0;padding:0;min-width:0}.soft,small{color:var(--soft);font-size:14px}
.pick{display:flex;flex-wrap:wrap;gap:6px}.pick label{position:relative}
.pick input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:pointer}
.pick span{display:flex;align-items:center;justify-content:center;gap:6px;min-width:44px;min-height:44px;padding:4px 12px;border:1.5px solid var(--edge);border-radius:12px}
.pick :checked+span{background:var(--main);border-color:var(--main);color:var(--on);font-weight:600}svg{width:18px;height:18px;fill:currentColor;flex:none}path{color:inherit}:checked+span svg{color:var(--on)!important}
.ends{display:flex;justify-content:space-between;gap:12px}
textarea,input[type=text]{display:block;width:100%;padding:10px 12px;border:1.5px solid var(--edge);border-radius:10px;background:var(--paper);font:400 18px/1.4 Georgia,serif}
.how{border:0;margin:0;padding:0}.how legend,.q .why label{font:600 16px/1.4 system-ui,sans-serif;display:block;margin:10px 0 6px}form>button{margin-top:18px;width:100%}.fault{color:var(--rowan);font-weight:600}
:focus-visible,input:focus-visible+span{outline:3px solid var(--lake);outline-offset:2px}[tabindex="-1"]{outline:0}[hidden]{display:none!important}@media(forced-colors:active){:checked+span{outline:3px solid}}`;

  const make = (name, traits = {}, ...inside) => {
    const one = document.createElement(name);
    for (const [key, value] of Object.entries(traits))
      if (key.startsWith("aria-") || key === "role") one.setAttribute(key, value); else one[key] = value;
    one.append(...inside.filter((part) => part || part === 0));
    return one;
  };
  const host = document.createElement("kalevi-widget"), root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css + (/^#[0-9a-f]{3,8}$/i.test(set.accent || "") ? `:host{--main:${set.accent};--on:#fff}` : ""));
  root.adoptedStyleSheets = [sheet];
  const target = set.target && document.querySelector(set.target);
  const panel = make("div", { className: "sheet", id: "sheet", lang: language, hidden: true });
  const button = make("button", { type: "button", textContent: set.label || label, lang: language, "aria-expanded": "false", "aria-controls": "sheet" });
  const box = make("div", { className: target ? "in" : "float " + (set.position === "left" ? "left" : "right") }, panel, !target && button);
  if (!target) { panel.setAttribute("role", "dialog"); panel.setAttribute("aria-labelledby", "title"); }
  let form = null;

  const show = (open) => {
    panel.hidden = !open;
    button.setAttribute("aria-expanded", open);
    if (open) form ? panel.querySelector("#title").focus() : load(); else button.focus();
  };
  const head = (text) => make("div", { className: "head" }, make("h2", { id: "title", tabIndex: -1, textContent: text }),
    !target && make("button", { type: "button", className: "close", "aria-label": shut, textContent: "×", onclick: () => show(false) }));
  const say = (text, more) => {
    panel.replaceChildren(head(text), more ? make("p", { role: "status", textContent: more }) : "");
    panel.setAttribute("aria-labelledby", "title");
    if (!target || form) panel.querySelector("#title").focus();
  };

  function load() {
    fetch(place + "?lang=" + language, { credentials: "omit" }).then((reply) => (reply.ok ? reply.json() : Promise.reject()))
      .then(draw).catch(() => say(label, away));
  }
  const field = (name, text, longest, id) => {
    const long = longest > 300;
    const area = make(long ? "textarea" : "input", { name, id, maxLength: longest });
    if (long) area.rows = 3; else area.type = "text";
    return [text && make("label", { htmlFor: id, textContent: text }), area];
  };
  const picks = (one, shapes = {}) => make("div", { className: "pick" }, ...one.choices.map(([value, text, shape, tone]) => {
    const name = make("span", {}, text);
    if (shapes[shape]) {
      const space = "http://www.w3.org/2000/svg", svg = document.createElementNS(space, "svg"), path = document.createElementNS(space, "path");
      svg.setAttribute("viewBox", "0 0 24 24");
      svg.setAttribute("aria-hidden", "true");
      svg.style.color = `var(--${tone})`;
      path.setAttribute("d", shapes[shape]);
      svg.append(path);
      name.prepend(svg);
    }
    return make("label", {}, make("input", { type: one.many ? "checkbox" : "radio", name: one.key, value }), name);
  }));
  function question(one, asked, place) {
    const fields = one.fields.map(([name, text, longest], n) => field(name, one.look === "feelings" ? asked.own : text, longest, `f${place}-${n}`));
    if (one.look === "words") return make("div", { className: "q" }, ...fields.flat());
    const set = make("fieldset", { className: "q" }, make("legend", { textContent: one.asked }), one.help && make("p", { className: "soft", textContent: one.help }));
    if (one.look === "expectation") { const area = fields[0][1]; area.setAttribute("aria-label", one.asked); set.append(area, make("p", { textContent: one.second })); }
    if (one.choices.length) set.append(picks(one, asked.shapes));
    if (one.look === "feelings") {
      const how = make("fieldset", { className: "how", hidden: true }, make("legend", { textContent: asked.how }), picks({ key: one.key + ".strength", choices: asked.strengths.map((text, n) => [n + 1, text]) }));
      set.append(how);
      set.addEventListener("change", () => { how.hidden = !set.querySelector(":checked"); });
    }
    if (one.low) set.append(make("p", { className: "ends" }, make("small", { textContent: `${one.choices[0][0]} = ${one.low}` }), make("small", { textContent: `${one.choices.at(-1)[0]} = ${one.high}` })));
    if (one.look !== "expectation") for (const part of fields) {
      const why = make("div", { className: "why", hidden: one.whys.length > 0 }, ...part);
      set.append(why);
      if (one.whys.length) set.addEventListener("change", (event) => { if (event.target.type === "radio") why.hidden = !one.whys.includes(event.target.value); });
    }
    return set;
  }
  function draw(asked) {
    const fault = make("p", { className: "fault", role: "alert" });
    const send = make("button", { textContent: asked.send });
    form = make("form", {}, ...asked.questions.map((one, place) => question(one, asked, place)), fault, send, make("p", { className: "soft", textContent: asked.note }));
    const once = (crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2) + Date.now()).replace(/-/g, "");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const told = new URLSearchParams(new FormData(form));
      if (![...told.values()].some((value) => value.trim())) { fault.textContent = empty; return; }
      told.set("_form", asked.token);
      told.set("_once", once);
      if (set.preview) return say(thanks, asked.thanks);
      send.disabled = true;
      fault.textContent = "";
      // The same id and the same words are the same answer, however often they are sent.
      fetch(place, { method: "POST", body: told, credentials: "omit" })
        .then((reply) => (reply.ok ? say(thanks, asked.thanks) : Promise.reject()))
        .catch(() => { fault.textContent = away; send.disabled = false; });
    });
    panel.replaceChildren(head(asked.title), asked.lead ? make("p", { textContent: asked.lead }) : "", form);
    if (!target) panel.querySelector("#title").focus();
  }
  button.addEventListener("click", () => show(panel.hidden));
  root.addEventListener("keydown", (event) => { if (event.key === "Escape" && !target && !panel.hidden) show(false); });
  root.append(box);
  (target || document.body).append(host);
  if (target) show(true);
  };
  document.readyState === "loading" ? addEventListener("DOMContentLoaded", begin) : begin();
})(document.currentScript);
