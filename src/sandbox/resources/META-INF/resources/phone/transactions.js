import { lifeOf } from "./life.js";

const container = document.getElementById("transactions");
const template = document.getElementById("transaction").content;
const shown = new Map();
/** A new code takes the place of a spent one in the database; that this one was spent stays true. */
const spent = new Map();

const TYPES = {
  resetPIN: "A code to reset the PIN",
  phoneNumberCertification: "A code to certify a number",
  pinReset: "A notice that the PIN was reset",
  pinUpdated: "A notice that the PIN was changed",
  phoneNumberChanged: "A notice to the number before",
  recoveryDone: "A notice that the help desk took number and PIN off file",
  recoveryUndone: "A notice that number and PIN are back"
};

let latest;

/** Shows the life of each transaction, the newest first; open is the newest that has a code. */
export function showTransactions(snapshot) {
  latest = snapshot;
  const { transactions } = snapshot;
  if (transactions.length === 0) {
    return;
  }
  container.querySelector(".empty")?.remove();
  const known = new Set(transactions.map(transaction => transaction.id));
  for (const [id, node] of shown) {
    if (!known.has(id)) {
      node.remove();
      shown.delete(id);
    }
  }
  [...transactions].reverse().forEach(transaction => {
    if (!shown.has(transaction.id)) {
      const made = template.cloneNode(true).firstElementChild;
      if (transaction.codeExpiresAt) {
        container.querySelectorAll("details[open]").forEach(other => (other.open = false));
        made.open = true;
      }
      shown.set(transaction.id, made);
      container.prepend(made);
    }
    fill(shown.get(transaction.id), transaction, snapshot.messages);
  });
}

function fill(node, transaction, messages) {
  transaction.spentAt ??= spent.get(transaction.id);
  if (transaction.spentAt) {
    spent.set(transaction.id, transaction.spentAt);
  }
  const badge = node.querySelector(".badge");
  badge.textContent = transaction.errorCode ?? transaction.status;
  badge.dataset.state = transaction.status.toLowerCase();
  node.querySelector(".what").textContent = `${TYPES[transaction.type] ?? transaction.type}`;
  node.querySelector(".who").textContent = transaction.user;
  const time = node.querySelector("summary time");
  time.dateTime = transaction.createdAt;
  time.textContent = new Date(transaction.createdAt).toLocaleTimeString();
  node.querySelector(".life").replaceChildren(
    ...lifeOf(transaction, messages, new Date()).map(row => item(row, transaction.createdAt)));
  node.querySelector(".id").textContent =
    `${transaction.type} · ${transaction.brand} · ${transaction.language} · ${transaction.id}`;
}

function item({ state, title, detail, at }, beginning) {
  const node = document.createElement("li");
  node.dataset.state = state;
  const name = document.createElement("b");
  name.textContent = title;
  const more = document.createElement("span");
  more.textContent = detail;
  node.append(name, " ", more);
  if (at) {
    const time = document.createElement("time");
    time.dateTime = at;
    time.textContent = after(new Date(at) - new Date(beginning));
    node.append(" ", time);
  }
  return node;
}

function after(ms) {
  return ms < 1000 ? `+${Math.max(0, ms)} ms` : ms < 120_000 ? `+${(ms / 1000).toFixed(1)} s` : `+${Math.round(ms / 60_000)} min`;
}

// What is told of the time that is left grows old by itself.
setInterval(() => latest?.transactions
  .filter(transaction => transaction.status === "PENDING")
  .forEach(transaction => fill(shown.get(transaction.id), transaction, latest.messages)), 1000);
