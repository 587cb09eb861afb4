/* 对照单: Alt+C copies the next field that is not ticked and ticks it. Without this script the boxes are ticked by hand. */
document.addEventListener("keydown", function (event) {
  if (!event.altKey || event.code !== "KeyC" || event.isComposing) return;
  const next = document.querySelector(".keying input[type=checkbox]:not(:checked)");
  if (!next) return;
  event.preventDefault();
  const row = next.closest("tr");
  const text = row.querySelector("[data-copy]").textContent.trim();
  navigator.clipboard.writeText(text).then(function () {
    next.checked = true;
    row.scrollIntoView({ block: "center" });
    document.getElementById("copied").textContent = row.querySelector("th").textContent.trim();
  });
});
