"use strict";
/* What every page needs: CSRF for htmx, dialogs, "sure?" with the number concerned, choosing all rows. */
(() => {
  const cookie = (name) => document.cookie.split("; ").find((part) => part.startsWith(name + "="))?.slice(name.length + 1);
  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value || cookie("csrf") || "";
  window.kaohe = { token };
  document.addEventListener("htmx:configRequest", (event) => { event.detail.headers["X-CSRFToken"] = token(); });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens)?.showModal();
    if (event.target.closest("[data-closes]")) event.target.closest("dialog")?.close();
  });
  document.addEventListener("change", (event) => {
    const all = event.target.closest("[data-chooses]");
    if (all) for (const box of document.querySelectorAll(`input[name="${all.dataset.chooses}"]`)) box.checked = all.checked;
    const go = event.target.closest("select[data-submits]");
    if (go) go.form.submit();
  });
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    event.target.dataset.sent = "1";
    setTimeout(() => { delete event.target.dataset.sent; }, 4000);
  });
})();
