// Look up, refined: a choice in the form shows its places at once. Without this file the button does the same.
(() => {
  "use strict";
  const form = document.getElementById("ask");
  const question = document.getElementById("question");
  const results = document.getElementById("results");
  if (!form || !results) return;
  if (matchMedia("(min-width: 60rem)").matches) question.open = true;
  let asked = 0;

  const address = () => {
    const filled = [...new FormData(form)].filter(([, value]) => value !== "");
    const query = new URLSearchParams(filled).toString();
    return query ? `/?${query}` : "/";
  };

  const put = (page) => {
    for (const id of ["found-title", "found"]) {
      const now = document.getElementById(id);
      now.replaceChildren(...document.adoptNode(page.getElementById(id)).childNodes);
    }
    // The same element stays, so that a screen reader says the new count.
    document.getElementById("count").textContent = page.getElementById("count").textContent.trim();
    document.title = page.title;
    problem(page);
  };

  const problem = (page) => {
    const field = document.getElementById("near").closest(".field");
    const other = page.getElementById("near").closest(".field");
    field.className = other.className;
    field.querySelector(".problem")?.remove();
    const told = other.querySelector(".problem");
    if (told) field.append(document.adoptNode(told));
    const near = document.getElementById("near");
    near.setAttribute("aria-describedby", told ? "near-hint near-problem" : "near-hint");
    if (told) near.setAttribute("aria-invalid", "true"); else near.removeAttribute("aria-invalid");
  };

  const show = async () => {
    const turn = ++asked;
    const url = address();
    document.getElementById("found").setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { credentials: "same-origin" });
      if (answer.redirected) return location.assign(url);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (turn !== asked) return;
      if (!answer.ok || !page.getElementById("found")) return form.requestSubmit();
      put(page);
      history.replaceState(null, "", url);
    } catch {
      if (turn === asked) form.requestSubmit();
    } finally {
      if (turn === asked) document.getElementById("found").removeAttribute("aria-busy");
    }
  };

  form.addEventListener("change", show);
})();
