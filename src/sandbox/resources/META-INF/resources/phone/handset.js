import { roadOf } from "./roads.js";

const list = document.getElementById("messages");
const number = document.getElementById("handset-number");
const clock = document.getElementById("handset-clock");
const template = document.getElementById("message").content;

let shownFor;
const shown = new Set();

/** Shows what came to the driver's phone; true if a code is among what is new. */
export function showMessages({ messages, transactions }, driver, use) {
  number.textContent = driver.number ?? [...driver.numbers].at(-1) ?? "No number";
  const mine = messages.filter(message => driver.numbers.has(message.to));
  const key = `${driver.user} ${[...driver.numbers]}`;
  if (shownFor !== key || mine.length < shown.size) {
    shownFor = key;
    shown.clear();
    list.replaceChildren();
  }
  if (mine.length === 0) {
    const empty = document.createElement("p");
    empty.className = "empty";
    empty.textContent = driver.user ? "No SMS yet." : "Nobody is signed in.";
    list.replaceChildren(empty);
    return false;
  }
  list.querySelector(".empty")?.remove();
  const fresh = mine.filter(message => !shown.has(message.receivedAt));
  fresh.forEach(message => {
    shown.add(message.receivedAt);
    list.append(bubble(message, transactions, driver, use));
  });
  if (fresh.length) {
    list.scrollTop = list.scrollHeight;
  }
  return fresh.some(codeIn);
}

function bubble(message, transactions, driver, use) {
  const node = template.cloneNode(true).firstElementChild;
  const at = new Date(message.receivedAt);
  node.querySelector("b").textContent = message.from;
  node.querySelector("time").textContent = at.toLocaleTimeString();
  node.querySelector("time").dateTime = message.receivedAt;
  const text = node.querySelector(".text");
  text.textContent = message.text;
  const transaction = transactions.find(candidate => candidate.id === message.clientRef);
  const tags = node.querySelector(".tags");
  const told = [];
  if (transaction) {
    text.lang = transaction.language;
    told.push(transaction.brand, transaction.language);
    if (driver.numbers.size > 1) {
      told.push(`to ${message.to}`);
    }
  }
  const road = roadOf(message);
  if (road) {
    told.push(`by ${road}`);
  }
  if (told.length) {
    tags.textContent = told.join(" · ");
  } else {
    tags.remove();
  }
  const code = codeIn(message);
  const button = node.querySelector(".use");
  if (code) {
    button.addEventListener("click", () => use(code));
  } else {
    button.remove();
  }
  return node;
}

/** The last line binds the code to the brand's site: @host #code. */
function codeIn(message) {
  return message.text.match(/^@\S+ #(\d{6})/m)?.[1];
}

function tick() {
  clock.textContent = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

tick();
setInterval(tick, 10_000);
