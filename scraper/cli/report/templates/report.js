"use strict";
// Buttons only: the page reads the same without them. What is remembered (the theme) never leaves the browser.
{
  const root = document.documentElement;
  const remember = (theme) => { try { localStorage.setItem("theme", theme); } catch { /* a file may not remember */ } };
  const remembered = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const button = (text, label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    if (label) made.setAttribute("aria-label", label);
    made.addEventListener("click", () => act(made));
    return made;
  };
  if (remembered()) root.dataset.theme = remembered();
  const toggle = button("", null, () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    remember(root.dataset.theme);
    name();
  });
  const name = () => { toggle.textContent = isDark() ? "Light" : "Dark"; toggle.setAttribute("aria-label", `Show in ${isDark() ? "light" : "dark"} colours`); };
  name();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", name);
  toggle.id = "theme";
  document.querySelector(".top").append(toggle);
  for (const details of document.querySelectorAll("details.sql")) {
    const copy = button("Copy", "Copy the query", async (made) => {
      try {
        await navigator.clipboard.writeText(details.querySelector("code").textContent);
        made.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(details.querySelector("code"));
        made.textContent = "Selected";
      }
      setTimeout(() => { made.textContent = "Copy"; }, 2000);
    });
    copy.className = "copy";
    details.append(copy);
  }
}
