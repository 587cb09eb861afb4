/* Dropping forms: the chosen files are sent one by one, so that each says what became of it and the count is a real one.
   Without this file the same form sends them all at once. */
"use strict";
(() => {
  const form = document.getElementById("drop");
  const zone = form.querySelector(".zone");
  const input = form.querySelector("input[type=file]");
  const progress = form.querySelector(".progress");
  const [said, bar, list] = progress.children;
  const button = form.querySelector("button.do");
  let waiting = [];
  let done = 0;
  let busy = false;

  const lost = (file, text) => {
    const line = document.createElement("li");
    line.append(Object.assign(document.createElement("span"), { textContent: `${file.name} ${text}` }));
    list.append(line);
  };

  const send = async (file) => {
    const sent = new FormData(form);
    sent.delete("chosen");
    sent.append("chosen", file);
    const answer = await fetch(form.action, {
      method: "POST", body: sent, credentials: "same-origin", headers: { "X-Requested-With": "drop" },
    });
    if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(`<ul>${await answer.text()}</ul>`, "text/html");
    list.append(...fresh.querySelectorAll("li"));
  };

  const refresh = async () => {
    const answer = await fetch(location.pathname, { credentials: "same-origin" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("received");
    if (fresh) document.getElementById("received").replaceChildren(...fresh.childNodes);
  };

  const count = () => {
    const all = done + waiting.length + (busy ? 1 : 0);
    bar.max = all || 1;
    bar.value = done;
    said.textContent = `${done} / ${all} ${waiting.length || busy ? form.dataset.busy : form.dataset.read}`;
  };

  const take = async (files) => {
    waiting.push(...files);
    progress.hidden = false;
    if (busy) return count();
    button.disabled = true;
    while (waiting.length) {
      const file = waiting.shift();
      busy = true;
      count();
      try {
        await send(file);
      } catch {
        lost(file, form.dataset.lost);
      }
      busy = false;
      done += 1;
      count();
    }
    form.reset();
    button.disabled = false;
    await refresh().catch(() => {});
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    take([...input.files]);
  });
  for (const kind of ["dragover", "dragleave", "drop"]) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.toggle("over", kind === "dragover");
      if (kind === "drop") take([...event.dataTransfer.files].slice(0));
    });
  }
  addEventListener("beforeunload", (event) => {
    if (busy) event.preventDefault();
  });
})();
