/* 登记表网格: a number that was typed is looked up at once, rows are pasted where the cursor stands, Enter and the arrows go
   from cell to cell as in a spreadsheet. Everything posts the same form that the buttons post; without this file they do it. */
"use strict";
(() => {
  const form = document.getElementById("grid");
  const table = form.querySelector("table");
  const told = document.getElementById("told");
  const fields = () => [...table.querySelectorAll("input:not([type=hidden]), select")];
  let waiting = Promise.resolve();

  const valuesOf = () => new Map(fields().map((one) => [one.name, one.value]));

  // What was typed while the answer was on its way stays.
  const put = (fresh, sent) => {
    const typed = new Map([...valuesOf()].filter(([name, value]) => sent.has(name) && sent.get(name) !== value));
    table.tBodies[0].replaceChildren(...fresh.querySelector("#grid tbody").childNodes);
    form.elements.rows.value = fresh.querySelector("#grid [name=rows]").value;
    told.replaceChildren(...fresh.getElementById("told").childNodes);
    for (const one of fields()) if (typed.has(one.name)) one.value = typed.get(one.name);
  };

  // The next thing to do of a row: the child where there is a choice, else the field that had the focus.
  const settle = (name) => {
    const row = name.split("-")[0];
    const choice = form.elements[`${row}-child`];
    const admission = form.elements[`${row}-admission`];
    const open = choice && !choice.value;
    const next = open && (name === `${row}-admission` ? !admission.value : true) ? choice : form.elements[name] || admission;
    next?.focus();
    return next;
  };

  const ask = async (act, more = {}) => {
    const sent = new FormData(form);
    sent.set("act", act);
    for (const [name, value] of Object.entries(more)) sent.set(name, value);
    const before = valuesOf();
    const answer = await fetch(form.action, { method: "POST", body: sent, credentials: "same-origin" });
    if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!fresh.querySelector("#grid tbody")) throw new Error("another page");
    put(fresh, before);
  };

  // One after another, so that an answer never meets a newer one.
  const then = (act, more, after) => {
    waiting = waiting.then(() => ask(act, more)).then(after).catch(() => { form.dispatchEvent(new Event("lost")); });
    return waiting;
  };

  table.addEventListener("change", (event) => {
    const name = event.target.name || "";
    if (!/-(certificate_no|child)$/.test(name)) return;
    then("look", {}, () => {
      const here = document.activeElement;
      settle(here && table.contains(here) && here.name ? here.name : focused || name);
    });
  });

  let focused = "";
  table.addEventListener("focusin", (event) => { focused = event.target.name || focused; });

  table.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") || "";
    if (!text.includes("\t") || !event.target.matches("input")) return;
    event.preventDefault();
    then("paste", { pasted: text }, () => fields().pop()?.focus());
  });

  form.addEventListener("submit", (event) => {
    const act = event.submitter?.value || "look";
    if (act.startsWith("hand-in") || event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    const [what, number] = act.split(":");
    const pasted = form.querySelector("#pasted");
    then(act, {}, () => {
      if (what === "paste" && !told.querySelector(".stop")) pasted.value = "";
      if (what === "add" || what === "paste") fields().filter((one) => one.name.endsWith("-certificate_no")).pop()?.focus();
      else if (what === "own") table.querySelector(`#row-${number} input:not([type=hidden])`)?.focus();
      else if (what === "remove") (form.querySelector(`[name="${number}-certificate_no"]`) || document.getElementById("add")).focus();
      else settle(focused || "1-certificate_no");
    });
  });

  table.querySelector("[aria-invalid=true]")?.focus();

  const across = (from, step) => {
    const all = fields();
    return all[all.indexOf(from) + step];
  };

  const down = (from, step) => {
    const [row, ...name] = from.name.split("-");
    return form.elements[`${Number(row) + step}-${name.join("-")}`];
  };

  table.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || !event.target.matches("input, select")) return;
    const from = event.target;
    if (event.key === "Enter") {
      event.preventDefault();
      const next = across(from, event.shiftKey ? -1 : 1);
      if (next) next.focus();
      else if (!event.shiftKey) {
        waiting.then(() => then("add", {}, () => {
          fields().filter((one) => one.name.endsWith("-certificate_no")).pop()?.focus();
        }));
      }
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && from.matches("input:not([list])")) {
      const to = down(from, event.key === "ArrowDown" ? 1 : -1);
      if (to) {
        event.preventDefault();
        to.focus();
      }
    }
  });
})();
