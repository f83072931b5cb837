/* Small builders: an element, a button, a link, and text in which numbers can be pressed. */

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

// A kiosk calls nobody and leads nowhere: there a link is text. `label` is its whole name.
function link(href, text, className, label) {
  const node = make(KIOSK ? "span" : "a", className, text);
  if (KIOSK) return node;
  node.href = href;
  node.rel = "noreferrer";
  if (label) node.setAttribute("aria-label", label);
  return node;
}

function unseen(node, text) {
  node.appendChild(make("span", "unseen", text));
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
    node.appendChild(link(target, found));
    from = match.index + found.length;
  }
  node.appendChild(document.createTextNode(text.slice(from)));
  return node;
}
