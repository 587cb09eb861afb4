// Says in time that the sign-in is about to end, and extends it by one button. Without this file what is posted too late is
// kept as a draft all the same.
"use strict";
(() => {
  const bar = document.getElementById("ends");
  const WARNED = 300;
  let timers = [];

  const over = () => {
    bar.querySelector("span").textContent = bar.dataset.over;
    bar.hidden = false;
  };

  const wait = (left) => {
    timers.forEach(clearTimeout);
    timers = [
      setTimeout(() => { bar.hidden = false; }, Math.max(0, left - WARNED) * 1000),
      setTimeout(over, left * 1000),
    ];
  };

  bar.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await fetch(bar.action, { method: "POST", body: new FormData(bar), credentials: "same-origin" }).catch(() => null);
    if (!answer || answer.redirected || !answer.ok) return over();
    bar.hidden = true;
    wait(Number(await answer.text()));
  });

  wait(Number(bar.dataset.left));
})();
