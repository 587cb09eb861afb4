// How far a step is, asked for again and put into its place, so that nobody who reads or stands there is thrown out. Without
// this file the page comes anew by itself.
"use strict";
(() => {
  const every = 2000;
  const look = async () => {
    const answer = await fetch(location.href, { credentials: "same-origin", headers: { "X-Requested-With": "look" } });
    if (answer.status !== 200) return location.reload();
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = fresh.getElementById("now");
    if (!now) return location.reload();
    document.title = fresh.title;
    document.getElementById("now").replaceChildren(...now.childNodes);
    setTimeout(again, every);
  };
  // A server that does not answer for once is asked again: the step goes on without this page.
  const again = () => look().catch(() => setTimeout(again, every));
  setTimeout(again, every);
})();
