/* The sheet of a form by keyboard: F8 the next problem (Shift+F8 the one before), over the pages of a long form too; Enter
   saves and goes on, Esc puts back what stood there. Everything here works without this file too, as plain forms; this only keeps the place. */
"use strict";
(() => {
  const page = document.getElementById("page");
  const told = document.getElementById("told");
  const faults = () => [...page.querySelectorAll("input[data-fault]")];

  // A place in the sheet that outlives a swap: row and column as one number.
  const place = (input) => {
    const cell = input.closest("td");
    return cell ? cell.parentNode.rowIndex * 100 + cell.cellIndex : -1;
  };

  const put = (text) => {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    if (!fresh.querySelector("#page .columns")) return false;
    const left = page.querySelector(".scroll")?.scrollLeft;
    page.replaceChildren(...fresh.getElementById("page").childNodes);
    told.replaceChildren(...fresh.getElementById("told").childNodes);
    const scroll = page.querySelector(".scroll");
    if (scroll && left) scroll.scrollLeft = left;
    return true;
  };

  // Rows that were picked by one repair stay picked while they are mended.
  const narrow = async () => {
    if (!new URLSearchParams(location.search).has("only")) return;
    const said = [...told.childNodes];
    const answer = await fetch(location.href, { credentials: "same-origin" });
    if (answer.ok && put(await answer.text())) told.replaceChildren(...said);
  };

  const post = async (form, button) => {
    const sent = new FormData(form);
    if (button?.name) sent.append(button.name, button.value);
    const answer = await fetch(form.action, { method: "POST", body: sent, credentials: "same-origin" });
    return answer.ok && answer.url.includes("/forms/") ? answer.text() : null;
  };

  // What was typed in other cells and not saved stays where it is.
  const unsaved = (form) => [...page.querySelectorAll("input[data-name]")]
    .filter((one) => one.form !== form && one.value !== (one.dataset.was ?? one.defaultValue))
    .map((one) => [one.closest("tr").id, one.dataset.name, one.value]);

  const putBack = (typed) => {
    for (const [row, name, value] of typed) {
      const cell = page.querySelector(`#${row} input[data-name="${name}"]`);
      if (cell) cell.value = value;
    }
  };

  const focus = (input) => {
    input.focus();
    if (input.select) input.select();
  };

  // The page where problems go on, opened at its first or at its last one.
  const turn = (which) => {
    const link = document.getElementById(`trouble-${which}`) || document.getElementById("trouble-after");
    if (!link) return false;
    location.assign(`${link.href}#trouble-${which === "after" ? "first" : "last"}`);
    return true;
  };

  const arrive = () => {
    const all = faults();
    const at = { "#trouble-first": all[0], "#trouble-last": all[all.length - 1] }[location.hash];
    if (at) focus(at);
  };

  // What the button of a masked number does is said once on the page; a mouse reads it here.
  const says = document.getElementById("eye-says")?.textContent || "";
  const explain = (event) => {
    if (event.target.classList?.contains("eye")) event.target.title = says;
  };

  const save = async (form, button) => {
    const own = document.activeElement?.form === form ? document.activeElement : null;
    const active = own || form.querySelector("input[name=text]") || button;
    const here = place(active);
    const typed = unsaved(form);
    const text = await post(form, button).catch(() => undefined);
    if (text === undefined) return document.dispatchEvent(new Event("away")); // keep.js: what was typed can be saved
    if (text === null || !put(text)) return form.submit();
    putBack(typed);
    await narrow().catch(() => {});
    const behind = faults().find((input) => place(input) >= here);
    if (!behind && turn("after")) return;
    const next = behind || faults()[0] || page.querySelector("#take");
    if (next) focus(next);
  };

  const reveal = async (form, button) => {
    const text = await post(form, button).catch(() => null);
    const shown = text && new DOMParser().parseFromString(text, "text/html").getElementById("shown");
    const cell = button.closest("td");
    if (!shown) return;
    const value = document.createElement("span");
    value.className = "value shown";
    value.setAttribute("role", "status");
    value.textContent = shown.textContent;
    button.hidden = true;
    cell.append(value);
    setTimeout(() => {
      value.remove();
      button.hidden = false;
    }, Number(shown.dataset.seconds) * 1000);
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.id === "eye") {
      event.preventDefault();
      reveal(form, event.submitter);
    } else if (form.id === "confirm" || form.matches(".cell, .whole-row")) {
      event.preventDefault();
      save(form, event.submitter);
    }
  });

  document.addEventListener("mouseover", explain);
  arrive();

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const input = event.target.matches?.(".cell input[name=text]") ? event.target : null;
    if (event.key === "F8") {
      event.preventDefault();
      const all = faults();
      const at = all.indexOf(document.activeElement);
      const next = event.shiftKey ? all[at < 0 ? all.length - 1 : at - 1] : all[at + 1];
      if (next) focus(next);
      else if (!turn(event.shiftKey ? "before" : "after") && all.length) focus(all[event.shiftKey ? all.length - 1 : 0]);
    } else if (event.key === "Escape" && input) {
      input.value = input.defaultValue;
      input.select();
    }
  });
})();
