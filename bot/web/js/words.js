/* The chat page. Whatever comes from the server or from a person is text: it reaches the page through textContent only.
   Plain script, nothing newer than ES2017, so that old phones run it. bot/pages.py serves these files as one, in the order
   that it names, inside one function. This one: what does not change, and the page's words. */

const PHONE = window.puentePhone || null; // phone.js: the page as a phone, where "?as=sms" asks for it
const TEXTS = JSON.parse(document.getElementById("texts").textContent);
const CLINIC = JSON.parse(document.getElementById("clinic").textContent);
const KIOSK = Boolean(CLINIC.kiosk); // a screen that many people use: nothing stays, nothing leads away
const IDLE_MINUTES = KIOSK ? 3 : 15;
const WARN_MINUTES = 1;
const PATIENCE_SECONDS = 30;
const SLOW_SECONDS = 5;
const SLOW_TRIES = 3;
const KEPT_MESSAGES = 60;
const OLD_DAYS = 365;
const STORE = PHONE ? "phone" : "page";
const NEEDS = ["food", "housing", "rides", "bills", "care", "else"];
const RETRY_SECONDS = [5, 15, 45];

const log = document.getElementById("log");
const status = document.getElementById("status");
const form = document.getElementById("write");
const words = document.getElementById("words");
const count = document.getElementById("count");
const toggle = document.getElementById("switch");

function say(key, values, tongue) {
  let text = TEXTS[tongue || state.language][key];
  Object.keys(values || {}).forEach(function (name) { text = text.split("{" + name + "}").join(values[name]); });
  return text;
}

function day(at, tongue) {
  return at.toLocaleDateString(tongue === "es" ? "es-US" : "en-US", { dateStyle: "long", timeZone: "UTC" });
}

function localize() {
  document.documentElement.lang = state.language;
  document.title = say("title");
  each("[data-text]", function (node) { node.textContent = say(node.dataset.text); });
  each("[data-hint]", function (node) { node.title = say(node.dataset.hint); });
  each("[data-name]", function (node) { node.setAttribute("aria-label", say(node.dataset.name)); });
  each("[data-lang]", function (node) { node.hidden = node.lang !== state.language; });
  each("[data-placeholder]", function (node) { node.placeholder = say(node.dataset.placeholder); });
  toggle.textContent = say("other");
  toggle.lang = otherTongue();
  if (status.classList.contains("busy")) status.textContent = say("waiting");
  countLetters();
  settle();
}

function each(selector, act, root) { Array.prototype.forEach.call((root || document).querySelectorAll(selector), act); }
