/* Places: a list as cards, an answer about places shown before, and everything about one place. Labels are in the page's
   language, what the answer says in its own (`tongue`), so that a card can be drawn again when the language changes. */

// A list is blocks apart by empty lines: what was looked for (and what was given up), a numbered block for each place,
// a hint. The cards carry the places; every other line stays text, so that nothing said is lost.
function found(node, text, custom, listings, tongue) {
  const blocks = text.split(/\n\s*\n/).filter(function (block) { return block.trim(); });
  const rest = blocks.slice();
  const shown = listings.map(function (listing, index) { return entry(listing, index, rest); });
  if (!shown.some(function (one) { return one.told; })) { toldOf(node, text, custom, listings, tongue); return; }
  const known = { phones: custom.phones };
  above(node, (rest[0] || "").split("\n"), known);
  const cards = make("ol", "cards");
  shown.forEach(function (one) { cards.appendChild(card(one, tongue)); });
  node.appendChild(cards);
  node.appendChild(own(tools(node, custom, tongue), tongue));
  if (rest.length > 1) node.appendChild(paragraphs(make("div", "text"), rest.slice(1).join("\n\n"), known));
  const last = shown[shown.length - 1].number;
  if (custom.total > last && !(custom.choices || []).length) {
    node.appendChild(own(buttons([{ label: say("more"), say: say("more_say") }], "choices"), tongue));
  }
}

// What was looked for is the heading; what is said before it (thanks, a notice) and what was given up stay around it.
function above(node, told, known) {
  const heads = told.map(function (line, index) { return /:\s*$/.test(line) ? index : 0; });
  const at = Math.max.apply(null, heads.concat(0));
  const texts = function (some) { if (some.length) node.appendChild(paragraphs(make("div", "text"), some.join("\n"), known)); };
  texts(told.slice(0, at));
  node.appendChild(linked(make("h3", "found"), told[at].trim().replace(/:$/, ""), known));
  texts(told.slice(at + 1));
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
      const dated = told.length > 2 ? told[told.length - 1].trim() : "";
      return { listing: listing, told: true, number: parseInt(told[0], 10), what: match[1], dated: dated };
    }
  }
  return { listing: listing, told: false, number: index + 1 };
}

// Name, what, where, whether open, how to call: that is what one looks for. All else waits behind "More".
function card(one, tongue) {
  const listing = one.listing;
  const node = make("li", "card");
  node.lang = state.language;
  const title = make("h4");
  title.appendChild(make("b", "", String(one.number)));
  title.appendChild(value("span", "", listing.name, ""));
  node.appendChild(title);
  if (listing.notice) node.appendChild(value("p", "notice", listing.notice, tongue));
  const what = whatTold(one);
  if (what) node.appendChild(value("p", "what", what, tongue));
  if (listing.organization && listing.name.indexOf(listing.organization) < 0) node.appendChild(value("p", "by", listing.organization, ""));
  node.appendChild(facts(listing, tongue));
  (listing.ask || []).forEach(function (text) { node.appendChild(value("p", "ask", text, tongue)); });
  const where = listing.private ? say("private_address") : listing.address;
  if (where) node.appendChild(value("p", "where", where, ""));
  node.appendChild(reach(listing));
  const dated = node.appendChild(make("div", "dated"));
  dated.appendChild(checked(listing.checked_on, one.dated, listing.phone, tongue));
  if (listing.demo) dated.appendChild(make("p", "demo", say("demo")));
  node.appendChild(more(one, tongue));
  return node;
}

// What they do: as the list says it, else all that they do.
function whatTold(one) {
  const notice = one.listing.notice || "";
  const told = one.what || "";
  return (notice && told.indexOf(notice) === 0 ? told.slice(notice.length).trim() : told) || (one.listing.what || []).join(", ");
}

// Words of an answer: their language stands beside them where it is not the page's; a name has none of its own.
function value(tag, className, text, tongue) {
  return own(make(tag, className, text), state.language, tongue || state.language);
}

function capital(text) { return text.charAt(0).toUpperCase() + text.slice(1); }

function own(node, around, tongue) {
  const speaks = tongue || state.language;
  if (speaks !== around) node.lang = speaks;
  return node;
}

function facts(listing, tongue) {
  const node = make("p", "facts");
  const open = ["yes", "no"].indexOf(listing.open) >= 0 ? listing.open : "unknown";
  const plain = say("open_" + (open === "unknown" && !listing.phone ? "not_told" : open));
  const told = listing.open_told;
  node.appendChild(value("span", "open " + open, told ? capital(told) : plain, told && tongue));
  if (typeof listing.miles === "number") {
    const miles = listing.miles.toLocaleString("en-US", { maximumFractionDigits: 1 });
    node.appendChild(make("span", "", say(miles === "1" ? "mile" : "miles", { miles: miles })));
  } else if (listing.distance) {
    node.appendChild(value("span", "", listing.distance, tongue));
  }
  return node;
}

// How fresh it is, in the words of the answer when it has them and speaks the page's language.
function checked(date, dated, phone, tongue) {
  const at = date ? Date.parse(date + "T00:00:00Z") : NaN;
  const old = !isNaN(at) && Date.now() - at > OLD_DAYS * 86400000;
  if (dated && (tongue === state.language || isNaN(at))) return value("p", old ? "when old" : "when", dated, tongue);
  if (isNaN(at)) return make("p", "when old", say(phone ? "unchecked" : "unchecked_no_phone"));
  return make("p", old ? "when old" : "when", say(old && phone ? "checked_old" : "checked", { day: day(new Date(at), state.language) }));
}

function reach(listing) {
  const node = make("p", "reach");
  const target = listing.phone && dial(listing.phone);
  if (target) {
    node.appendChild(link(target, listing.phone, "call", say("call_listing", { name: listing.name, phone: listing.phone })));
  } else {
    node.appendChild(linked(make("span", "when"), say("no_phone")));
  }
  if (streetOf(listing) && !KIOSK) {
    const there = link(MAPS + encodeURIComponent(listing.address + ", California"), say("directions"));
    node.appendChild(unseen(there, ": " + listing.name));
  }
  return node;
}

// A street with a number, which a map can find; no post-office box.
const MAPS = "https://www.google.com/maps/dir/?api=1&destination=";

function streetOf(listing) {
  const street = String(listing.address || "");
  return !listing.private && /^[^,]*\d[^,]*,/.test(street) && !/\bbox\b/i.test(street);
}

function more(one, tongue) {
  const listing = one.listing;
  const node = make("details", "about-place");
  node.appendChild(unseen(make("summary", "", say("about_place")), ": " + listing.name));
  const list = node.appendChild(make("dl"));
  const all = (listing.what || []).join(", ");
  detail(list, "what", all !== whatTold(one) ? all : "", tongue);
  detail(list, "hours", listing.hours || say("hours_unknown"), listing.hours && tongue);
  detail(list, "cost", listing.cost || say(listing.phone ? "cost_unknown" : "not_known"), listing.cost && tongue);
  detail(list, "papers", listing.papers, tongue);
  detail(list, "come", listing.come, tongue);
  detail(list, "who", listing.who, tongue);
  detail(list, "languages", (listing.languages || []).join(", "), tongue);
  if (listing.wheelchair === "yes" || listing.wheelchair === "no") detail(list, "wheelchair", say("wheelchair_" + listing.wheelchair));
  detail(list, "plans", (listing.plans || []).join(", "), tongue);
  detail(list, "serves", listing.serves, tongue);
  detail(list, "why", listing.why, tongue);
  const url = listing.url && webAddress(listing.url);
  if (url) site(node, url, listing);
  node.appendChild(wrong(one));
  return node;
}

// One fact with its label; several values are a line each.
function detail(list, key, said, tongue) {
  const values = [].concat(said || []).filter(Boolean);
  if (!values.length) return;
  const row = list.appendChild(make("div"));
  row.appendChild(make("dt", "", say(key)));
  values.forEach(function (text) { row.appendChild(value("dd", "", capital(text), tongue)); });
}

// Whose page it is stands in the link, since it leads away from here.
function site(node, url, listing) {
  const host = new URL(url).hostname.replace(/^www\./, "");
  const line = node.appendChild(make("p", "site"));
  line.appendChild(unseen(link(url, say("website") + ": " + host), " (" + listing.name + ")"));
}

// What is wrong is said to the assistant in words, as if it had been typed; numbers are those of the last list.
function wrong(one) {
  const node = make("details", "wrong");
  node.appendChild(unseen(make("summary", "", say("wrong")), " " + say("wrong_of", { name: one.listing.name })));
  const list = node.appendChild(make("ul", "wrongs"));
  ["phone", "hours", "closed", "moved", "other"].forEach(function (kind) {
    const text = say("wrong_" + kind + "_say", { number: one.number });
    list.appendChild(make("li")).appendChild(button(say("wrong_" + kind), function (event) { choose({ say: text }, event); }));
  });
  return node;
}

// An answer about places that were shown before (their hours, a phone, everything): the words, and how to call.
function toldOf(node, text, custom, listings, tongue) {
  const sheet = listings.length === 1 && text.indexOf(listings[0].name) === 0 && text.split("\n").length > 3;
  const part = (sheet ? sheetOf : paragraphs)(make("div", sheet ? "text sheet" : "text"), text, custom);
  const calls = make("div", "lines");
  listings.forEach(function (listing) {
    const target = listing.phone && dial(listing.phone);
    if (!target) return;
    const full = say("call_listing", { name: listing.name, phone: listing.phone }, tongue);
    calls.appendChild(link(target, listings.length > 1 ? full : say("call", { phone: listing.phone }, tongue), "call", full));
  });
  if (calls.firstChild && !KIOSK) part.appendChild(calls);
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
