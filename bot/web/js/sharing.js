/* Taking an answer along: on paper, as a word to write here or in a text message, as a link, as a picture for a phone. */

const PRINTED = ".cards, .sheet, .verdict, .steps";
const UNPRINTED = ["crisis", "worry"];
let printing = null; // what is on the paper, when it was asked for by its own button

function tools(node, custom, tongue) {
  const row = make("p", "tools");
  row.appendChild(button(say("print"), function () { printing = node; window.print(); }));
  const ids = (custom.listings || []).map(function (listing) { return listing.id; });
  if (ids.length && node.querySelector(".cards") && !state.alone) {
    const opener = row.appendChild(button(say("share"), function () { share(row, opener, custom, ids, tongue); }));
    opener.className = "share";
    opener.setAttribute("aria-expanded", "false");
  }
  return row;
}

async function share(row, opener, custom, ids, tongue) {
  const open = row.nextSibling && row.nextSibling.className === "shared";
  if (open) drop(row.nextSibling);
  opener.setAttribute("aria-expanded", String(!open));
  if (open || opener.disabled) return;
  const of = visit;
  opener.disabled = true;
  tell(say("waiting"), true);
  const given = await code(custom, ids, tongue).catch(function () { return { status: 0 }; });
  if (of !== visit) return;
  opener.disabled = false;
  tell("");
  if (given.status === 404) { alone(); return; }
  const panel = shared(given.status === 201 && given.body && given.body.code ? given.body : null);
  row.parentNode.insertBefore(panel, row.nextSibling);
  panel.firstChild.focus();
}

async function code(custom, ids, tongue) {
  if (!state.session) await renew(visit);
  const about = { session: state.session, ids: ids, language: tongue };
  ["need", "program", "place", "county", "plan"].forEach(function (key) { about[key] = custom[key] || null; });
  const given = await post("share", about);
  if (given.status !== 401) return given;
  await renew(visit); // the session had ended
  about.session = state.session;
  return post("share", about);
}

// Where nothing can be shared there is no button for it; paper always works.
function alone() {
  state.alone = true;
  save();
  each(".share", drop, log);
  tell(say("share_not"));
}

function shared(given) {
  const panel = make("div", "shared");
  panel.lang = state.language;
  const head = panel.appendChild(make("h4", "", say(given ? "share_head" : "share_failed")));
  head.tabIndex = -1;
  if (!given) return panel;
  panel.appendChild(make("p", "code", given.code));
  panel.appendChild(make("p", "", say("share_how", { code: given.code })));
  const picture = given.qr && sameHost(given.qr);
  if (picture) {
    const image = panel.appendChild(make("img", "qr"));
    image.src = picture;
    image.alt = say("share_qr");
    image.width = image.height = 168;
  }
  const url = given.url && webAddress(given.url);
  if (url && !KIOSK) panel.appendChild(ways(url));
  return panel;
}

function sameHost(path) {
  try {
    const url = new URL(path, window.location.href);
    return url.origin === window.location.origin ? url.href : null;
  } catch (error) { return null; }
}

function ways(url) {
  const row = make("p", "tools");
  row.appendChild(link(url, say("share_open"), "open-list"));
  row.appendChild(button(say("share_copy"), function () { copy(url); }));
  if (navigator.share) row.appendChild(button(say("share_send"), function () { navigator.share({ url: url }).catch(function () { /* nobody was chosen */ }); }));
  return row;
}

async function copy(url) {
  try {
    await navigator.clipboard.writeText(url);
    tell(say("share_copied"));
  } catch (error) { tell(url); } // no clipboard: the link stands where it can be marked
}

// ---- Paper: only the last list, steps or verdict, large, with whom to call and the day -----------------------------

function paper() {
  unpaper();
  const all = log.querySelectorAll(".said.helper");
  const fits = Array.prototype.filter.call(all, function (node) { return node.querySelector(PRINTED); });
  const chosen = printing && log.contains(printing) ? printing : fits[fits.length - 1];
  if (!chosen) return;
  const tongue = chosen.lang;
  chosen.classList.add("on-paper");
  document.documentElement.classList.add("one-answer");
  each("details:not([open])", function (node) { if (node.className !== "wrong") { node.open = true; node.dataset.shut = ""; } }, chosen);
  const head = document.getElementById("paper");
  head.lang = tongue;
  head.textContent = "";
  head.appendChild(make("h1", "", CLINIC.name || say("title", null, tongue)));
  head.appendChild(make("span", "", day(new Date(Date.now() - new Date().getTimezoneOffset() * 60000), tongue)));
  const numbers = ["911", "988", "211"].map(function (number) { return number + " " + say("n" + number, null, tongue); });
  if (CLINIC.phone) numbers.push(say("staff", null, tongue) + " " + CLINIC.phone);
  head.appendChild(make("p", "", numbers.join(" · ")));
}

function printed() {
  printing = null;
  unpaper();
}

function unpaper() {
  document.getElementById("paper").textContent = "";
  each(".on-paper", function (node) { node.classList.remove("on-paper"); }, log);
  each("[data-shut]", function (node) { node.open = false; delete node.dataset.shut; }, log);
  document.documentElement.classList.remove("one-answer");
}
