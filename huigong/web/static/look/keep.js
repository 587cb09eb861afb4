/* Nothing typed is lost: what stands in the fields is kept on the server every ten seconds and whenever a field is left; when
   the server is away it can be saved as a small file. Without this file the button 先存着 keeps it, and the file comes back all
   the same. */
"use strict";
(() => {
  const forms = [...document.querySelectorAll("form[data-keep]")];
  const grid = forms[0];
  const cells = document.getElementById("cells");
  const owner = grid || cells;
  if (!owner) return;
  const EVERY = 10000;
  const status = () => document.getElementById("kept");
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
  let last = null;
  let away = false;
  let leaving = false;
  let handedIn = false;

  // A form's own fields. Of a page with several forms each is a part, whose names it stands before; ticks of one name are
  // kept together.
  const fieldsOf = (form) => {
    const told = {};
    const part = form.dataset.part ? `${form.dataset.part}:` : "";
    for (const [name, value] of new FormData(form)) {
      if (/^(csrfmiddlewaretoken|act|once|pasted)$/.test(name) || typeof value !== "string" || !value) continue;
      told[part + name] = part && told[part + name] ? `${told[part + name]}\n${value}` : value;
    }
    return told;
  };
  const asItCame = new Map(forms.map((form) => [form, JSON.stringify(fieldsOf(form))]));
  // A part that nobody touched is no draft, unless it came back out of one.
  const counts = (form) =>
    !form.dataset.part || "drafted" in form.dataset || JSON.stringify(fieldsOf(form)) !== asItCame.get(form);

  // The fields of the forms; or of a received form every cell that does not say what is stored.
  const typed = () => {
    const told = {};
    if (grid) {
      for (const form of forms.filter(counts)) Object.assign(told, fieldsOf(form));
    } else {
      for (const one of cells.querySelectorAll("input[data-name]")) {
        const row = one.closest("tr").id.slice("row-".length);
        if (one.value !== (one.dataset.was ?? one.defaultValue)) told[`${row}:${one.dataset.name}`] = one.value;
      }
      const unit = document.getElementById("unit");
      if (unit?.value) told.unit = unit.value;
    }
    return told;
  };

  const bar = (id) => {
    document.querySelectorAll(".away").forEach((one) => one.remove());
    const fresh = document.getElementById(id).content.cloneNode(true);
    document.getElementById("told").after(fresh);
    document.getElementById("save-file")?.addEventListener("click", save);
    document.querySelector(".away button, .away a")?.focus();
  };

  const save = (event) => {
    const { place, name } = event.target.dataset;
    const content = JSON.stringify({ place, at: new Date().toISOString(), fields: typed() }, null, 1);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: "application/json" }));
    link.download = `${name}-${new Date().toISOString().slice(0, 16).replace(/[T:]/g, "")}.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  };

  // One after the other: an older state that comes late at the server would otherwise stand over a newer one.
  let turn = Promise.resolve();
  const next = (how) => (handedIn ? true : send(how));
  const keep = (how) => (turn = turn.then(() => next(how), () => next(how)));

  // True when it is kept; the bar says why where it is not.
  const send = async ({ loud = false } = {}) => {
    const told = typed();
    const text = JSON.stringify(told);
    if (text === last && !loud) return true;
    const body = new FormData();
    body.append("csrfmiddlewaretoken", token());
    for (const [name, value] of Object.entries(told)) body.append(name, value);
    let answer, word;
    try {
      answer = await fetch(owner.dataset.keep, {
        method: "POST", body, credentials: "same-origin", headers: { "X-Requested-With": "keep" },
      });
      word = await answer.text();
    } catch {
      if (leaving) return false;
      if (loud || !away) bar("away");
      away = true;
      return false;
    }
    if (answer.redirected) {
      bar("signed-out");
      return false;
    }
    if (away) document.querySelectorAll(".away").forEach((one) => one.remove());
    away = false;
    if (!answer.ok) return true;
    last = text;
    const said = status();
    if (said && Object.keys(told).length) said.textContent = said.dataset.word ? `${said.dataset.word} ${word}` : "";
    return true;
  };

  last = JSON.stringify(typed());
  setInterval(() => keep(), EVERY);
  document.getElementById("page").addEventListener("focusout", () => setTimeout(() => keep()));
  document.addEventListener("away", () => keep({ loud: true }));
  addEventListener("pagehide", () => { leaving = true; });

  // Before the grid is handed in, what is typed is kept: where that fails nothing leaves the page. Afterwards nothing is
  // kept any more, else a draft would stand beside what was handed in.
  grid?.addEventListener("lost", () => keep({ loud: true }));
  addEventListener("pageshow", () => { handedIn = false; });
  for (const form of forms) {
    form.addEventListener("submit", async (event) => {
      if (event.defaultPrevented || handedIn) return;
      event.preventDefault();
      const button = event.submitter;
      if (!(await keep({ loud: true }))) return;
      handedIn = true;
      form.requestSubmit(button);
    });
  }
})();
