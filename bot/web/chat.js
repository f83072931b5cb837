/* The chat page. Whatever comes from the server or from a person is text: it reaches the page through textContent only.
   Plain script, no build step, nothing newer than ES2017, so that old phones run it. */
(function () {
  "use strict";

  const IDLE_MINUTES = 15;
  const WARN_MINUTES = 1;
  const PATIENCE_SECONDS = 30;
  const SLOW_SECONDS = 5;
  const SLOW_TRIES = 3;
  const KEPT_MESSAGES = 60;
  const OLD_DAYS = 365;
  const PHONE = window.puentePhone || null; // phone.js: the page as a phone, where "?as=sms" asks for it
  const STORE = PHONE ? "phone" : "page";
  const NEEDS = ["food", "housing", "rides", "bills", "care", "else"];
  const RETRY_SECONDS = [5, 15, 45];
  const TEXTS = JSON.parse(document.getElementById("texts").textContent);
  const CLINIC = JSON.parse(document.getElementById("clinic").textContent);

  const log = document.getElementById("log");
  const status = document.getElementById("status");
  const form = document.getElementById("write");
  const words = document.getElementById("words");
  const count = document.getElementById("count");
  const toggle = document.getElementById("switch");
  const leave = document.getElementById("leave");

  // ---- What is kept: for this tab and this visit only --------------------------------------------------------------

  const fresh = function () {
    return { session: null, language: language(), chosen: false, items: [], at: Date.now() };
  };

  function language() {
    const preferred = navigator.languages || [navigator.language || "en"];
    const known = preferred.map(function (tag) { return tag.slice(0, 2).toLowerCase(); }).filter(function (tag) { return TEXTS[tag]; });
    return known[0] || "en";
  }

  function load() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(STORE));
      if (kept && TEXTS[kept.language] && Date.now() - kept.at < IDLE_MINUTES * 60000) return kept;
    } catch (error) { /* storage is blocked or holds something else: start anew */ }
    return fresh();
  }

  function save() {
    state.items = state.items.slice(-KEPT_MESSAGES);
    try { sessionStorage.setItem(STORE, JSON.stringify(state)); } catch (error) { /* the chat works without */ }
  }

  function forget() {
    try { sessionStorage.removeItem(STORE); } catch (error) { /* nothing was kept */ }
  }

  let state = load();
  let visit = 0; // grows when the chat is cleared, so that a late answer cannot bring it back
  let waiting = 0;
  let queue = Promise.resolve();

  // ---- Words -------------------------------------------------------------------------------------------------------

  function say(key, values, tongue) {
    let text = TEXTS[tongue || state.language][key];
    Object.keys(values || {}).forEach(function (name) { text = text.split("{" + name + "}").join(values[name]); });
    return text;
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

  function each(selector, act) { Array.prototype.forEach.call(document.querySelectorAll(selector), act); }

  // ---- Small builders ----------------------------------------------------------------------------------------------

  function make(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text) node.textContent = text;
    return node;
  }

  function button(label, act) {
    const node = make("button", "", label);
    node.type = "button";
    node.addEventListener("click", act);
    return node;
  }

  function link(href, text, className) {
    const node = make("a", className, text);
    node.href = href;
    return node;
  }

  // "209-555-0123 ext. 4" -> "tel:+12095550123,4"; "88788" -> "sms:88788"; no number -> null.
  function dial(phone) {
    const parts = String(phone).split(/\s*(?:ext\.?|x)\s*/i);
    const digits = parts[0].replace(/\D/g, "");
    const extension = (parts[1] || "").replace(/\D/g, "");
    if (digits.length === 5 || digits.length === 6) return "sms:" + digits;
    if (digits.length < 3) return null;
    const number = digits.length === 10 ? "+1" + digits : digits.length === 11 ? "+" + digits : digits;
    return "tel:" + number + (extension ? "," + extension : "");
  }

  function webAddress(text) {
    try {
      const url = new URL(text);
      return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
    } catch (error) { return null; }
  }

  function quoted(text) { return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"); }

  // Puts `text` into `node` with the phones the server named, 911, 988, 211 and web addresses as links. An address is
  // matched first, so that "211 Main Street" stays a street.
  function linked(node, text, custom) {
    const listings = (custom && custom.listings) || [];
    const streets = listings.map(function (listing) { return listing.address; }).filter(Boolean);
    const phones = ((custom && custom.phones) || []).concat(listings.map(function (listing) { return listing.phone; }));
    const numbers = phones.filter(Boolean).concat(["911", "988", "211"]).sort(function (a, b) { return b.length - a.length; });
    const pattern = new RegExp(
      streets.map(quoted).concat(["https?:\\/\\/[^\\s<>\"]*[^\\s<>\".,;:!?)]"], numbers.map(function (phone) {
        return quoted(phone) + "(?![A-Za-zÀ-ÿ\\d-]|[.,]\\d)";
      })).join("|"), "g");
    let from = 0;
    let match;
    while ((match = pattern.exec(text))) {
      const found = match[0];
      const before = text.charAt(match.index - 1);
      const target = /^http/.test(found) ? webAddress(found) : numbers.indexOf(found) < 0 || /[A-Za-zÀ-ÿ\d$.,-]/.test(before) ? null : dial(found);
      if (!target) continue;
      node.appendChild(document.createTextNode(text.slice(from, match.index)));
      const anchor = link(target, found);
      anchor.rel = "noreferrer";
      node.appendChild(anchor);
      from = match.index + found.length;
    }
    node.appendChild(document.createTextNode(text.slice(from)));
    return node;
  }

  function paragraphs(node, text, custom) {
    let steps = null;
    text.split("\n").map(function (part) { return part.trim(); }).filter(Boolean).forEach(function (part, index) {
      if (part.indexOf("- ") === 0) {
        steps = steps || node.appendChild(make("ul", "steps"));
        steps.appendChild(linked(make("li"), part.slice(2), custom));
        return;
      }
      steps = null;
      const head = custom && custom.kind === "verdict" && custom.verdict && index === 0;
      node.appendChild(linked(make("p", head ? "head" : ""), part, custom));
    });
    return node;
  }

  // ---- A message ---------------------------------------------------------------------------------------------------

  function draw(item) {
    const node = make("div", "said " + item.from);
    const tongue = item.tongue || state.language;
    node.lang = tongue;
    node.appendChild(make("span", "unseen", say(item.from, null, tongue) + " "));
    if (item.from === "you") {
      node.appendChild(make("p", "", item.text));
    } else if (PHONE) {
      PHONE.draw(node, item, tongue, { make: make, say: say, linked: linked });
    } else if (item.greeting) {
      greet(node, tongue);
    } else {
      answer(node, item, tongue);
    }
    return node;
  }

  function greet(node, tongue) {
    const text = make("div", "text");
    text.appendChild(make("p", "", say("hello", null, tongue)));
    text.appendChild(make("p", "", say("hello_ask", null, tongue)));
    text.appendChild(make("p", "small", say("private", null, tongue)));
    node.appendChild(text);
    const choices = NEEDS.map(function (need) {
      return { label: say(need, null, tongue), say: need === "else" ? null : say(need + "_say", null, tongue) };
    });
    node.appendChild(buttons(choices, "choices needs"));
  }

  function answer(node, item, tongue) {
    const custom = item.custom || {};
    const choices = (custom.choices || []).map(function (choice) { return numbered(choice, item.text); });
    if (custom.kind === "listings" && custom.listings && custom.listings.length) {
      found(node, item.text, custom, custom.listings, tongue);
    } else {
      node.appendChild(paragraphs(make("div", "text"), without(item.text, choices), custom));
    }
    if (custom.kind === "crisis") {
      node.classList.add("crisis");
      node.querySelector(".text").appendChild(lines(custom.phones || [], tongue));
    }
    if (choices.length) node.appendChild(buttons(choices, "choices"));
  }

  // A choice with the number and the line that the text gives it ("2. Rides to the doctor"), if any.
  function numbered(choice, text) {
    const line = text.split("\n").filter(function (line) {
      return /^\s*\d+[.)]\s/.test(line) && line.replace(/^\s*\d+[.)]\s+/, "").trim() === choice.label;
    })[0];
    return { label: choice.label, say: choice.say, line: line, number: line ? parseInt(line, 10) : null };
  }

  // The text without the lines that are drawn as buttons.
  function without(text, choices) {
    const drawn = choices.map(function (choice) { return choice.line; }).filter(Boolean);
    return text.split("\n").filter(function (line) { return drawn.indexOf(line) < 0; }).join("\n");
  }

  function lines(phones, tongue) {
    const node = make("div", "lines");
    (phones.length ? phones : ["911", "988"]).forEach(function (phone) {
      const target = dial(phone);
      const key = target && target.indexOf("sms:") === 0 ? "text_to" : "call";
      if (target) node.appendChild(link(target, say(key, { phone: phone }, tongue), "call"));
    });
    return node;
  }

  function buttons(choices, className) {
    const list = make("ul", className);
    choices.forEach(function (choice) {
      const item = make("li");
      const node = button(choice.label, function (event) { choose(choice, event); });
      if (typeof choice.number === "number") node.insertBefore(make("b", "", choice.number + " "), node.firstChild);
      item.appendChild(node);
      list.appendChild(item);
    });
    return list;
  }

  // A list is blocks apart by empty lines: what was looked for (and what was given up), a numbered block for each place,
  // a hint. The cards carry the places; every other line stays text, so that nothing said is lost.
  function found(node, text, custom, listings, tongue) {
    const blocks = text.split(/\n\s*\n/).filter(function (block) { return block.trim(); });
    const rest = blocks.slice();
    const shown = listings.map(function (listing, index) { return entry(listing, index, rest); });
    if (!shown.some(function (one) { return one.told; })) { toldOf(node, text, custom, listings, tongue); return; }
    const head = (rest[0] || "").split("\n");
    node.appendChild(linked(make("h3", "found"), head[0].trim().replace(/:$/, ""), { phones: custom.phones }));
    if (head.length > 1) node.appendChild(paragraphs(make("div", "text"), head.slice(1).join("\n"), { phones: custom.phones }));
    const cards = make("ol", "cards");
    shown.forEach(function (one) { cards.appendChild(card(one, tongue)); });
    node.appendChild(cards);
    if (rest.length > 1) node.appendChild(paragraphs(make("div", "text"), rest.slice(1).join("\n\n"), { phones: custom.phones }));
    const last = shown[shown.length - 1].number;
    if (custom.total > last && !(custom.choices || []).length) {
      node.appendChild(buttons([{ label: say("more", null, tongue), say: say("more_say", null, tongue) }], "choices"));
    }
  }

  // An answer about places that were shown before (their hours, a phone, everything): the words, and how to call.
  function toldOf(node, text, custom, listings, tongue) {
    const sheet = listings.length === 1 && text.indexOf(listings[0].name) === 0 && text.split("\n").length > 3;
    const part = (sheet ? sheetOf : paragraphs)(make("div", "text"), text, custom);
    const calls = make("div", "lines");
    listings.forEach(function (listing) {
      const target = listing.phone && dial(listing.phone);
      if (!target) return;
      const full = say("call_listing", { name: listing.name, phone: listing.phone }, tongue);
      const call = link(target, listings.length > 1 ? full : say("call", { phone: listing.phone }, tongue), "call");
      call.setAttribute("aria-label", full);
      calls.appendChild(call);
    });
    if (calls.firstChild) part.appendChild(calls);
    node.appendChild(part);
  }

  // Everything about one place: its name, then a line for each fact, "Phone: 209-555-0123".
  function sheetOf(node, text, custom) {
    const notice = custom.listings[0].notice;
    text.split("\n").filter(Boolean).forEach(function (line, index) {
      if (notice && index === 1) { node.appendChild(linked(make("p", "notice"), line, custom)); return; }
      const fact = /^([^:.?!]{2,40}:)\s+(.*)$/.exec(line);
      const row = make(index ? "p" : "h3", index ? "fact" : "");
      if (index && fact) row.appendChild(make("span", "", fact[1] + " "));
      node.appendChild(linked(row, index && fact ? fact[2] : line, custom));
    });
    return node;
  }

  // What the text tells of a listing: "2. Name (demo): what they do", facts, how fresh they are. Takes that block out of
  // `blocks`, so that two places of one name have one each.
  function entry(listing, index, blocks) {
    const start = new RegExp("^\\d+[.)]\\s+" + quoted(listing.name) + "(?:\\s*\\([^)]*\\))?(?:$|:\\s*(.*))");
    for (let at = 0; at < blocks.length; at += 1) {
      const told = blocks[at].trim().split("\n");
      const match = start.exec(told[0]);
      if (match) {
        blocks.splice(at, 1);
        return { listing: listing, told: true, number: parseInt(told[0], 10), what: match[1], dated: told.length > 2 ? told[told.length - 1].trim() : "" };
      }
    }
    return { listing: listing, told: false, number: index + 1 };
  }

  function card(one, tongue) {
    const listing = one.listing;
    const node = make("li", "card");
    const title = make("h4");
    title.appendChild(make("b", "", String(one.number)));
    title.appendChild(make("span", "", listing.name));
    node.appendChild(title);
    const notice = listing.notice || "";
    const what = notice && (one.what || "").indexOf(notice) === 0 ? one.what.slice(notice.length).trim() : one.what;
    if (notice) node.appendChild(make("p", "notice", notice));
    if (what) node.appendChild(make("p", "what", what));
    if (listing.organization && listing.name.indexOf(listing.organization) < 0) node.appendChild(make("p", "by", listing.organization));
    node.appendChild(facts(listing, tongue));
    const details = make("dl");
    detail(details, "hours", listing.hours, tongue);
    detail(details, "address", listing.address, tongue);
    detail(details, "languages", (listing.languages || []).join(", "), tongue);
    if (details.firstChild) node.appendChild(details);
    node.appendChild(checked(listing.checked_on, one.dated, listing.phone, tongue));
    if (listing.demo) node.appendChild(make("p", "demo", say("demo", null, tongue)));
    node.appendChild(reach(listing, tongue));
    return node;
  }

  function facts(listing, tongue) {
    const node = make("p", "facts");
    const open = ["yes", "no"].indexOf(listing.open) >= 0 ? listing.open : "unknown";
    node.appendChild(make("span", "open " + open, say("open_" + (open === "unknown" && !listing.phone ? "not_told" : open), null, tongue)));
    if (typeof listing.miles === "number") {
      const miles = listing.miles.toLocaleString(tongue === "es" ? "es-US" : "en-US", { maximumFractionDigits: 1 });
      node.appendChild(make("span", "", say(miles === "1" ? "mile" : "miles", { miles: miles }, tongue)));
    }
    return node;
  }

  function detail(list, key, value, tongue) {
    if (!value) return;
    const row = make("div");
    row.appendChild(make("dt", "", say(key, null, tongue)));
    row.appendChild(make("dd", "", value));
    list.appendChild(row);
  }

  // How fresh it is, in the words of the answer when it has them.
  function checked(day, dated, phone, tongue) {
    const at = day ? Date.parse(day + "T00:00:00Z") : NaN;
    const old = !isNaN(at) && Date.now() - at > OLD_DAYS * 86400000;
    if (dated) return make("p", old ? "when old" : "when", dated);
    if (isNaN(at)) return make("p", "when old", say(phone ? "unchecked" : "unchecked_no_phone", null, tongue));
    const shown = new Date(at).toLocaleDateString(tongue === "es" ? "es-US" : "en-US", { dateStyle: "long", timeZone: "UTC" });
    return make("p", old ? "when old" : "when", say(old && phone ? "checked_old" : "checked", { day: shown }, tongue));
  }

  function reach(listing, tongue) {
    const node = make("p", "reach");
    const target = listing.phone && dial(listing.phone);
    if (target) {
      const call = link(target, listing.phone, "call");
      call.setAttribute("aria-label", say("call_listing", { name: listing.name, phone: listing.phone }, tongue));
      node.appendChild(call);
    } else {
      node.appendChild(linked(make("span", "when"), say("no_phone", null, tongue)));
    }
    const url = listing.url && webAddress(listing.url);
    if (url) {
      const site = link(url, say("website", null, tongue));
      site.setAttribute("aria-label", say("website_of", { name: listing.name }, tongue));
      site.rel = "noreferrer";
      node.appendChild(site);
    }
    return node;
  }

  // ---- The conversation on the page --------------------------------------------------------------------------------

  function redraw() {
    log.textContent = "";
    log.setAttribute("aria-busy", "true");
    if (!state.items.length) state.items.push({ from: "helper", greeting: true });
    state.items.forEach(function (item, index) {
      const node = draw(item);
      if (index < state.items.length - 1) dropChoices(node);
      log.appendChild(node);
    });
    log.removeAttribute("aria-busy");
    if (begun()) bottom();
  }

  function begun() { return state.items.some(function (item) { return item.from === "you"; }); }

  function add(item) {
    state.items.push(item);
    save();
    const node = draw(item);
    log.appendChild(node);
    return node;
  }

  function dropChoices(root) {
    Array.prototype.forEach.call(root.querySelectorAll(".choices"), function (node) { node.parentNode.removeChild(node); });
  }

  function dropNotes() {
    Array.prototype.forEach.call(log.querySelectorAll(".note"), function (node) { node.parentNode.removeChild(node); });
  }

  function bottom() { window.scrollTo(0, document.documentElement.scrollHeight); }

  // A short answer is shown whole, at the end of the page; a long one from what was asked on.
  function reveal(asked, first) {
    const height = log.getBoundingClientRect().bottom - first.getBoundingClientRect().top;
    const room = form.getBoundingClientRect().top - Math.max(0, document.querySelector(".about").getBoundingClientRect().bottom);
    if (height < room - 24) bottom();
    else (asked || first).scrollIntoView({ block: "start" });
  }

  function tell(text, busy) {
    status.textContent = text || "";
    status.classList.toggle("busy", Boolean(busy));
  }

  // ---- Sending -----------------------------------------------------------------------------------------------------

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

  function drop(node) { if (node && node.parentNode) node.parentNode.removeChild(node); }

  function choose(choice, event) {
    if (choice.say) {
      send(choice.say);
      if (event.detail === 0) words.focus(); // by keyboard: the button is gone, so the focus goes where one writes
    } else {
      dropChoices(log);
      add({ from: "helper", text: say("else_ask"), tongue: state.language });
      words.focus();
      bottom();
    }
  }

  // ---- Clearing ----------------------------------------------------------------------------------------------------

  function clear() {
    visit += 1;
    waiting = 0;
    queue = Promise.resolve();
    forget();
    const spoken = state.language;
    const chosen = state.chosen;
    state = fresh();
    state.language = spoken;
    state.chosen = chosen;
    words.value = "";
    tell("");
    redraw();
    localize();
  }

  function exit(event) {
    event.preventDefault();
    clear();
    forget();
    document.body.textContent = "";
    window.location.replace(leave.href);
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
    tell(say("cleared"));
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

  // ---- Wiring ------------------------------------------------------------------------------------------------------

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
    else if (begun()) send(say("switch_say"));
    else { state.items = []; redraw(); save(); }
  }

  function unanswered() {
    const last = state.items[state.items.length - 1];
    if (last && last.from === "you") failed(null, last.text, log.lastChild, null, 0);
  }

  form.addEventListener("submit", function (event) { event.preventDefault(); submit(); });
  words.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
  });
  words.addEventListener("input", countLetters);
  leave.addEventListener("click", exit);
  document.getElementById("kept").addEventListener("click", function () {
    document.querySelector(".of details").open = false;
    send(say("kept_say"));
  });
  document.querySelector(".skip").addEventListener("click", function (event) { event.preventDefault(); words.focus(); });
  toggle.addEventListener("click", function () { switchTo(otherTongue()); });
  ["pointerdown", "keydown"].forEach(function (kind) { document.addEventListener(kind, active, true); });
  document.addEventListener("visibilitychange", watch);
  window.addEventListener("pageshow", function (event) { if (event.persisted) { state = load(); localize(); redraw(); } });
  window.addEventListener("resize", settle);
  setInterval(watch, 10000);

  document.documentElement.classList.add("js");
  localize();
  redraw();
  unanswered();
}());
