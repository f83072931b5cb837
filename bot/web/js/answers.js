/* A message on the page: a greeting, an answer, a verdict, a danger, and the buttons below it. */

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
  const text = without(item.text, choices);
  if (custom.kind === "listings" && custom.listings && custom.listings.length) {
    found(node, item.text, custom, custom.listings, tongue);
  } else if (custom.kind === "verdict" && custom.verdict) {
    node.appendChild(verdict(text, custom, tongue));
  } else {
    node.appendChild(paragraphs(make("div", "text"), text, custom));
  }
  if (custom.kind === "crisis") {
    node.classList.add("crisis");
    node.querySelector(".text").appendChild(lines(custom.phones || [], tongue));
  }
  if (UNPRINTED.indexOf(custom.kind) < 0 && node.querySelector(PRINTED) && !node.querySelector(".tools")) {
    node.appendChild(own(tools(node, custom, tongue), tongue));
  }
  if (choices.length) node.appendChild(buttons(choices, "choices"));
}

// Lines of text; those that begin with "- " are a list, numbered where they are the steps of something.
function paragraphs(node, text, custom) {
  const kind = custom && custom.kind;
  const parts = text.split("\n").map(function (part) { return part.trim(); }).filter(Boolean);
  const named = (kind === "steps" || kind === "program") && parts.length > 1; // its first line is the program
  let list = null;
  parts.forEach(function (part, index) {
    if (part.indexOf("- ") === 0) {
      list = list || node.appendChild(make(STEPPED.indexOf(kind) < 0 ? "ul" : "ol", "steps"));
      list.appendChild(linked(make("li"), part.slice(2), custom));
      return;
    }
    list = null;
    const asks = index === parts.length - 1 && /:$/.test(part); // leads to the buttons; on paper to nothing
    node.appendChild(linked(make(named && !index && part.length < 80 ? "h3" : "p", asks ? "asks" : ""), part, custom));
  });
  return node;
}

const STEPPED = ["steps", "program", "verdict"];

// The outcome as a heading, why behind a click, what is missing, the steps, who decides, where it stands. Every line of
// the text is there once: one that the verdict does not name stays as it is.
function verdict(text, custom, tongue) {
  const said = custom.verdict;
  const node = make("div", "text verdict " + said.outcome);
  const lines = text.split("\n").map(function (line) { return line.trim(); }).filter(Boolean);
  const plain = [];
  const put = function () { if (plain.length) paragraphs(node, plain.splice(0).join("\n"), custom); };
  lines.forEach(function (line) {
    const part = partOf(line, said, tongue, custom);
    if (!part) { plain.push(line); return; }
    put();
    part.forEach(function (one) { node.appendChild(one); });
  });
  put();
  return node;
}

function partOf(line, said, tongue, custom) {
  if (line === said.title) return [make("h3", "outcome", line)];
  if (line === said.why) return [opened("verdict_why", said.reasons, tongue)].concat(missing(said, tongue));
  if (said.dated && line.indexOf(said.dated) === 0) {
    const sources = (said.source || "").split("; ").filter(Boolean);
    return [linked(make("p", "small"), line, custom)].concat(sources.length ? [opened("verdict_sources", sources, tongue)] : []);
  }
  return line === said.decides ? [linked(make("p", "decides"), line, custom)] : null;
}

function missing(said, tongue) {
  const asks = said.asks || [];
  return asks.length ? [own(make("h4", "", say("verdict_asks")), tongue), listOf(asks, tongue)] : [];
}

function opened(key, texts, tongue) {
  const node = make("details", "because");
  node.appendChild(own(make("summary", "", say(key)), tongue));
  node.appendChild(listOf(texts));
  return node;
}

function listOf(texts) {
  const list = make("ul", "steps");
  texts.forEach(function (text) { list.appendChild(make("li", "", text)); });
  return list;
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
    const node = button(choice.label, function (event) { choose(choice, event); });
    if (typeof choice.number === "number") node.insertBefore(make("b", "", choice.number + " "), node.firstChild);
    list.appendChild(make("li")).appendChild(node);
  });
  return list;
}

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
