/* Sending a message, and what is said while there is no answer. */

function tell(text, busy) {
  status.textContent = text || "";
  status.classList.toggle("busy", Boolean(busy));
}

function send(text) {
  dropChoices(log);
  dropNotes();
  const asked = add({ from: "you", text: text, tongue: state.language });
  deliver(text, asked);
}

// `note` is the one that says it did not go through, while it is tried again.
function deliver(text, asked, note, tries) {
  const of = visit;
  waiting += 1;
  tell(say("waiting"), true);
  if (!note) bottom();
  queue = queue.then(function () { return ask(text, of); }).then(
    function (messages) { if (of === visit) { drop(note); receive(messages, asked); } },
    function (problem) { if (of === visit) failed(problem, text, asked, note, tries || 0); }
  ).then(function () {
    if (of === visit && --waiting === 0) tell("");
  });
}

async function ask(text, of) {
  let renewed = false;
  for (let tries = 0; of === visit; ) {
    if (!state.session) await renew(of);
    const body = { session: state.session, message: text, language: state.language };
    const reply = await post("message", PHONE ? PHONE.sent(body) : body);
    if (reply.status === 401 && !renewed) {
      renewed = true;
      state.session = null;
    } else if (reply.status === 429 && ++tries < SLOW_TRIES) {
      await slowDown(reply);
    } else if (reply.ok && reply.body && Array.isArray(reply.body.messages) && (PHONE || reply.body.messages.length)) {
      return reply.body.messages;
    } else {
      throw { reply: reply };
    }
  }
  return [];
}

async function renew(of) {
  const reply = await post("session", {});
  if (!reply.ok || !reply.body || !reply.body.session) throw { reply: reply };
  if (of !== visit) return;
  state.session = reply.body.session;
  save();
}

async function slowDown(reply) {
  const seconds = Math.min(30, parseInt(reply.after, 10) || SLOW_SECONDS);
  tell(say("slow", { seconds: seconds }), true);
  await new Promise(function (resolve) { setTimeout(resolve, seconds * 1000); });
  tell(say("waiting"), true);
}

// One request; throws when nothing came back in time.
async function post(path, body) {
  const stop = new AbortController();
  const timer = setTimeout(function () { stop.abort(); }, PATIENCE_SECONDS * 1000);
  try {
    const response = await fetch(path, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
      credentials: "omit", cache: "no-store", signal: stop.signal,
    });
    const text = await response.text();
    let parsed = null;
    try { parsed = JSON.parse(text); } catch (error) { /* a proxy's page: judged by its status */ }
    return { ok: response.ok, status: response.status, after: response.headers.get("Retry-After"), body: parsed };
  } finally {
    clearTimeout(timer);
  }
}

function receive(messages, asked) {
  let first = null;
  (PHONE ? PHONE.came(messages) : messages).forEach(function (message) {
    const custom = message.custom || {};
    const text = String(message.text || "");
    const tongue = TEXTS[custom.language] ? custom.language : state.language;
    if (custom.kind === "language") state.chosen = false;
    follow(tongue);
    dropChoices(log);
    const node = add({ from: "helper", text: text, custom: custom, tongue: tongue, size: message.size });
    first = first || node;
  });
  if (first) reveal(asked, first);
}

// Somebody who writes Spanish gets the page in Spanish too, unless they chose a language by the switch.
function follow(tongue) {
  if (state.chosen || tongue === state.language) return;
  state.language = tongue;
  localize();
  if (!PHONE) repaint();
}

// Says that it did not go through and whom to call, at once; then tries again a few times, when the line is back too.
function failed(problem, text, asked, before, tries) {
  const reply = problem && problem.reply;
  const error = reply && reply.body && reply.body.error;
  const tongue = error && error[reply.body.language] ? reply.body.language : state.language;
  const own = error && (reply.status < 500 || reply.body.code === "busy") && error[tongue];
  const later = !own && tries < RETRY_SECONDS.length;
  const key = !later ? "gave_up" : reply ? "away" : navigator.onLine === false ? "offline" : "failed";
  const node = before || log.appendChild(make("div", "said note"));
  if (node.dataset.key !== key || own) explain(node, key, own && String(own), own ? tongue : state.language);
  const again = function (event) {
    clearTimeout(timer);
    window.removeEventListener("online", again);
    if (!node.parentNode) return;
    deliver(text, asked, node, tries + 1);
    if (event && event.type === "click" && event.detail === 0) words.focus();
  };
  const timer = later ? setTimeout(again, RETRY_SECONDS[tries] * 1000) : 0;
  if (later) window.addEventListener("online", again);
  const held = node.querySelector("button");
  const focused = held && held === document.activeElement;
  drop(held);
  const next = reply && reply.status === 413 ? null : node.appendChild(button(say("retry"), again));
  if (focused && next) next.focus();
  if (!before) bottom();
}

function explain(node, key, own, tongue) {
  node.textContent = "";
  node.dataset.key = key;
  node.lang = tongue;
  node.appendChild(linked(make("p"), own || say(key)));
  if (own) return;
  node.appendChild(linked(make("p"), say("help")));
  if (CLINIC.phone) node.appendChild(linked(make("p"), say(CLINIC.name ? "help_clinic" : "help_person", CLINIC), { phones: [CLINIC.phone] }));
}
