/* The chat page as a phone (`?as=sms`): plain bubbles, one for each text, and below it what the text costs. Loaded before
   chat.js, which asks here for whatever a phone does in another way. */
(function () {
  "use strict";

  document.documentElement.classList.add("phone");

  // What is sent says that it comes from a phone, so that the door answers as it answers a text message.
  function sent(body) {
    return Object.assign({ as: "sms" }, body);
  }

  // The texts of an answer, each with its size; the last of several also has that of all. No text is an answer too.
  function came(messages) {
    if (!messages.length) return [{ custom: { silence: true } }];
    const counted = messages.map(function (message) {
      return Object.assign({}, message, {
        size: { encoding: message.encoding, segments: message.segments, letters: Array.from(message.text).length },
      });
    });
    if (counted.length > 1) {
      const segments = counted.reduce(function (sum, message) { return sum + (message.segments || 0); }, 0);
      counted[counted.length - 1].size.all = { texts: counted.length, segments: segments };
    }
    return counted;
  }

  function draw(node, item, tongue, page) {
    if (item.greeting) {
      node.classList.add("hint");
      node.appendChild(page.make("h2", "", page.say("phone_title", null, tongue)));
      node.appendChild(page.make("p", "", page.say("phone_hello", null, tongue)));
      node.appendChild(page.make("p", "", page.say("phone_words", null, tongue)));
    } else if (item.custom && item.custom.silence) {
      node.classList.add("hint");
      node.appendChild(page.make("p", "", page.say("phone_silence", null, tongue)));
    } else {
      // The line breaks of the text are kept, as a phone keeps them; numbers can be pressed there too.
      node.appendChild(page.linked(page.make("p", "text"), item.text, item.custom));
      if (item.size && item.size.segments) size(node, item.size, tongue, page);
    }
  }

  function size(node, counted, tongue, page) {
    const key = counted.segments === 1 ? "phone_size_one" : "phone_size";
    node.appendChild(page.make("p", "size", page.say(key, counted, tongue)));
    if (counted.all) node.appendChild(page.make("p", "size", page.say("phone_many", counted.all, tongue)));
  }

  window.puentePhone = { sent: sent, came: came, draw: draw };
}());
