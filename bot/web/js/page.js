/* Clearing, and everything put together. */

function clear() {
  visit += 1;
  waiting = 0;
  queue = Promise.resolve();
  forget();
  const before = state;
  state = fresh();
  if (!KIOSK) { // on a kiosk the next person is another one
    state.language = before.language;
    state.chosen = before.chosen;
  }
  words.value = "";
  tell("");
  localize();
  redraw();
}

function exit(event) {
  event.preventDefault();
  clear();
  if (KIOSK) { window.scrollTo(0, 0); tell(say("cleared_kiosk")); return; }
  forget();
  document.body.textContent = "";
  window.location.replace(event.currentTarget.href);
}

function active() {
  const late = Date.now() - state.at > 20000;
  if (idleMinutes() >= IDLE_MINUTES) return expire();
  state.at = Date.now();
  if (status.dataset.soon) { delete status.dataset.soon; tell(""); }
  if (late && begun()) save();
  return undefined;
}

function idleMinutes() { return (Date.now() - state.at) / 60000; }

function expire() {
  delete status.dataset.soon;
  if (!begun() && !words.value) { state.at = Date.now(); return; }
  clear();
  tell(say("cleared", { minutes: IDLE_MINUTES }));
  window.scrollTo(0, 0);
}

function watch() {
  if (idleMinutes() >= IDLE_MINUTES) expire();
  else if (idleMinutes() >= IDLE_MINUTES - WARN_MINUTES && begun() && !waiting && !status.dataset.soon) {
    status.dataset.soon = "yes";
    tell(say("soon"));
    bottom();
  }
}

// ---- Wiring ----------------------------------------------------------------------------------------------------------

// Gives the conversation at least half of the height, whatever the size of the text (see chat.css).
function settle() {
  const classes = document.documentElement.classList;
  const height = function (selector) { return document.querySelector(selector).getBoundingClientRect().height; };
  classes.remove("tight", "tighter");
  if (height(".top") + height(".dock") > window.innerHeight / 2) classes.add("tight");
  if (height(".bar") + height(".write") > window.innerHeight / 2) classes.add("tighter");
}

const grows = window.CSS && CSS.supports && CSS.supports("field-sizing", "content");

function fit() {
  if (grows) return;
  words.style.height = "auto";
  words.style.height = words.scrollHeight + 2 + "px";
}

function countLetters() {
  fit();
  const used = words.value.length;
  count.hidden = used < 850;
  count.textContent = say("count", { used: used.toLocaleString("en-US") });
}

function submit() {
  const text = words.value.trim();
  words.focus();
  if (!text) return;
  words.value = "";
  countLetters();
  send(text);
}

function otherTongue() { return state.language === "es" ? "en" : "es"; }

function switchTo(tongue) {
  state.language = tongue;
  state.chosen = true;
  localize();
  if (begun() && PHONE) redraw();
  else if (begun()) { repaint(); send(say("switch_say")); }
  else { state.items = []; redraw(); save(); }
}

function unanswered() {
  const last = state.items[state.items.length - 1];
  if (last && last.from === "you") failed(null, last.text, log.lastChild, null, 0);
}

// On a kiosk no link of the page leads anywhere, and the way out begins anew for the next person.
function asKiosk() {
  document.documentElement.classList.add("kiosk");
  each("a[href]:not(.skip):not(#leave)", function (node) {
    const text = make("span", node.className);
    while (node.firstChild) text.appendChild(node.firstChild);
    node.parentNode.replaceChild(text, node);
  });
  const leave = document.getElementById("leave");
  const again = make("button", "leave", "");
  again.id = "leave";
  again.type = "button";
  again.dataset.text = "anew";
  again.dataset.hint = "anew_hint";
  leave.parentNode.replaceChild(again, leave);
}

// A word of a shared list that stands in the address opens that list, once.
function byCode() {
  const asked = /[?&#]code=([a-z]{4,8})\b/i.exec(window.location.search + window.location.hash);
  if (!asked) return;
  window.history.replaceState(null, "", window.location.pathname);
  send(asked[1].toUpperCase());
}

function online() {
  if (!waiting) tell(say(navigator.onLine ? "online_now" : "offline_now"));
}

if (KIOSK) asKiosk();
form.addEventListener("submit", function (event) { event.preventDefault(); submit(); });
words.addEventListener("keydown", function (event) {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
});
words.addEventListener("input", countLetters);
document.getElementById("leave").addEventListener("click", exit);
document.getElementById("kept").addEventListener("click", function () {
  document.querySelector(".of details").open = false;
  send(say("kept_say"));
});
document.querySelector(".skip").addEventListener("click", function (event) { event.preventDefault(); words.focus(); });
toggle.addEventListener("click", function () { switchTo(otherTongue()); });
["pointerdown", "keydown"].forEach(function (kind) { document.addEventListener(kind, active, true); });
document.addEventListener("visibilitychange", watch);
["online", "offline"].forEach(function (kind) { window.addEventListener(kind, online); });
window.addEventListener("beforeprint", paper);
window.addEventListener("afterprint", printed);
window.addEventListener("pageshow", function (event) { if (event.persisted) { state = load(); localize(); redraw(); } });
window.addEventListener("resize", settle);
setInterval(watch, 10000);

document.documentElement.classList.add("js");
localize();
redraw();
unanswered();
byCode();
