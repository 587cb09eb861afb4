/* Digits press the buttons that bear them. They go by the place of a key, rest while a word is being composed and in text
   fields. Without this file the buttons are buttons. */
"use strict";
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  if (/^(textarea|select)$/i.test(event.target.tagName)) return;
  if (event.target.tagName === "INPUT" && !/^(radio|checkbox)$/.test(event.target.type)) return;
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  const button = digit && document.querySelector(`button[data-digit="${digit[1]}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});
