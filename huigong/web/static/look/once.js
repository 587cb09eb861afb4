/* Going back brings a fresh page, with a fresh number, into which the browser puts what was typed. Sent again as it was, it is
   the same sending: the number that went with it before goes with it again (decision 334). Kept with this step of the
   browser's history alone; of what was typed only a short digest. Without this file a form is sent anew after going back. */
"use strict";
(() => {
  const OURS = new Set(["csrfmiddlewaretoken", "once", "version"]);

  const digest = (text) => {
    let sum = 0x811c9dc5;
    for (let place = 0; place < text.length; place += 1) sum = Math.imul(sum ^ text.charCodeAt(place), 0x01000193) >>> 0;
    return sum.toString(16);
  };

  const sending = (form, button) => {
    const told = [form.action];
    for (const [name, value] of new FormData(form)) {
      if (!OURS.has(name)) told.push(name, typeof value === "string" ? value : `${value.name} ${value.size}`);
    }
    return digest(JSON.stringify([...told, button?.value ?? ""]));
  };

  document.addEventListener("submit", (event) => {
    const number = event.target.querySelector("input[name=once]");
    if (!number) return;
    const sent = history.state?.sent ?? {};
    const now = sending(event.target, event.submitter);
    if (sent[now]) number.value = sent[now];
    else history.replaceState({ ...history.state, sent: { ...sent, [now]: number.value } }, "");
  });
})();
