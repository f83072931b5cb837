/* What is kept: for this tab and this visit only; on a kiosk nothing. */

const fresh = function () {
  return { session: null, language: language(), chosen: false, items: [], at: Date.now() };
};

function language() {
  const preferred = navigator.languages || [navigator.language || "en"];
  const known = preferred.map(function (tag) { return tag.slice(0, 2).toLowerCase(); }).filter(function (tag) { return TEXTS[tag]; });
  return known[0] || "en";
}

function load() {
  if (KIOSK) return fresh();
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORE));
    if (kept && TEXTS[kept.language] && Date.now() - kept.at < IDLE_MINUTES * 60000) return kept;
  } catch (error) { /* storage is blocked or holds something else: start anew */ }
  return fresh();
}

function save() {
  state.items = state.items.slice(-KEPT_MESSAGES);
  if (KIOSK) return;
  try { sessionStorage.setItem(STORE, JSON.stringify(state)); } catch (error) { /* the chat works without */ }
}

function forget() {
  try { sessionStorage.removeItem(STORE); } catch (error) { /* nothing was kept */ }
}

let state = load();
let visit = 0; // grows when the chat is cleared, so that a late answer cannot bring it back
let waiting = 0;
let queue = Promise.resolve();
