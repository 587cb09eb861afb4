/* Keys of the review desk: 1–9 turn the tick of a task, Ctrl+Enter finishes, ? shows the keys. They go by the place of a key
   and not by its letter, rest while a word is being composed and in text fields, and can be switched off. Without this file
   everything is a plain form. */
"use strict";
(() => {
  const form = document.getElementById("tasks");
  if (!form) return;
  const OFF = "huigong.keys.off";
  const off = () => localStorage.getItem(OFF) === "1";
  const button = document.getElementById("keys-off");
  const say = () => { if (button) button.textContent = off() ? button.dataset.on : button.dataset.off; };
  button?.addEventListener("click", () => { localStorage.setItem(OFF, off() ? "0" : "1"); say(); });
  say();

  const turn = (number) => {
    const task = form.querySelector(`li[data-number="${number}"]`);
    if (!task) return;
    const ticks = [...task.querySelectorAll("input[type=radio]")];
    if (!ticks.length) return;
    const next = ticks[(ticks.findIndex((one) => one.checked) + 1) % ticks.length];
    next.checked = true;
    next.focus();
    task.scrollIntoView({ block: "nearest" });
  };

  // Before the case goes out of hand a line says so, and its button asks for more time; typing keeps it in hand by itself.
  const hold = document.getElementById("hold");
  if (hold) {
    const until = Date.now() + Number(hold.dataset.left) * 1000;
    const tell = (word) => {
      hold.classList.add("soon");
      hold.firstElementChild.textContent = word;
    };
    setTimeout(() => tell(hold.dataset.soon), Math.max(0, until - Date.now() - 60000));
    setTimeout(() => tell(hold.dataset.over), Math.max(0, until - Date.now()));
  }

  document.addEventListener("keydown", (event) => {
    if (off() || event.isComposing || event.metaKey) return;
    if (event.ctrlKey && event.code === "Enter") {
      const finish = document.getElementById("finish");
      if (finish) { event.preventDefault(); finish.click(); }
      return;
    }
    if (event.ctrlKey || event.altKey) return;
    const text = /^(textarea|select)$/i.test(event.target.tagName)
      || (event.target.tagName === "INPUT" && event.target.type !== "radio" && event.target.type !== "checkbox");
    if (text) return;
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
    if (digit && !event.shiftKey) { event.preventDefault(); turn(digit[1]); }
    if (event.code === "Slash" && event.shiftKey) { const keys = document.getElementById("keys"); if (keys) keys.open = !keys.open; }
  });
})();
