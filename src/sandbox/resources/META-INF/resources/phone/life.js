import { answerer, tellsReceipts } from "./roads.js";

/** The states of a row: done, now (under way), failed, ahead (may still come). */
const row = (state, title, detail, at) => ({ state, title, detail, at });

const OUTCOMES = {
  ACCEPTED: "taken",
  TRY_LATER: "try later",
  NO_ANSWER: "no answer in time",
  UNREACHABLE: "unreachable",
  FAULT: "makes no sense",
  REFUSED: "refused",
  MISCONFIGURED: "not configured well"
};

/** The life of a transaction, as rows of its time line. */
export function lifeOf(transaction, messages, now) {
  const rows = [row("done", "Accepted", "recorded before anything is sent", transaction.createdAt)];
  if (transaction.replica) {
    rows.push(row("done", "Claimed", `by replica ${transaction.replica.slice(0, 8)}, lease ${transaction.lease}`));
  }
  rows.push(...sim(transaction), ...attempts(transaction, now));
  const arrived = messages.filter(message => message.clientRef === transaction.id).map((message, index) =>
    row("done", index ? "SMS again, the same code" : "SMS on the phone", `from ${message.from}`, message.receivedAt));
  const told = [...arrived, ...ending(transaction), ...receipt(transaction)];
  rows.push(...told.filter(({ at }) => at).sort((one, other) => new Date(one.at) - new Date(other.at)));
  rows.push(...told.filter(({ at }) => !at));
  rows.push(...code(transaction, now));
  return rows;
}

function sim({ simSwap }) {
  if (!simSwap) {
    return [];
  }
  const { swapped, hours, at } = simSwap;
  const when = hours === undefined ? "never swapped" : `swapped ${hours} h ago`;
  return [row(swapped ? "failed" : "done", "SIM asked about", `operator: ${when}`, at)];
}

function attempts(transaction, now) {
  const rows = transaction.attemptLog.map(attempt => row(
    attempt.outcome === "ACCEPTED" ? "done" : "failed",
    `Attempt ${attempt.number}`,
    `${answerer(attempt.road)}: ${OUTCOMES[attempt.outcome] ?? attempt.outcome}${status(attempt)}, ${attempt.tookMs} ms`));
  if (transaction.status === "PENDING" && !transaction.simSwap?.swapped && transaction.attempts > transaction.attemptLog.length) {
    const left = Math.max(0, Math.round((new Date(transaction.deadline) - now) / 1000));
    rows.push(row("now", `Attempt ${transaction.attempts}`, `under way, ${left} s until the deadline`));
  }
  return rows;
}

function status({ providerStatus }) {
  return providerStatus ? `, status ${providerStatus}` : "";
}

function ending({ status, errorCode, errorLabel, finishedAt, providerMessageId }) {
  if (status === "SUCCEEDED") {
    // A gateway need not tell one.
    const id = providerMessageId ? `the provider’s id ${providerMessageId.slice(0, 8)}…` : "";
    return [row("done", "SUCCEEDED", id, finishedAt)];
  }
  return status === "FAILED" ? [row("failed", "FAILED", `${errorCode} ${errorLabel}`, finishedAt)] : [];
}

function receipt({ status, delivery, attemptLog }) {
  if (delivery.status) {
    const good = ["DELIVERED", "SUBMITTED"].includes(delivery.status);
    const error = delivery.error ? `, provider’s error ${delivery.error}` : "";
    return [row(good ? "done" : "failed", "Delivery receipt", `${delivery.status}${error}`, delivery.at)];
  }
  return status === "SUCCEEDED" && tellsReceipts(attemptLog.at(-1)?.road) ? [row("ahead", "Delivery receipt", "none yet")] : [];
}

function code({ status, codeExpiresAt, spentAt, guesses }, now) {
  if (status !== "SUCCEEDED" || !codeExpiresAt) {
    return [];
  }
  const wrong = guesses - (spentAt ? 1 : 0);
  const tries = wrong > 0 ? `${wrong} of 5 guesses used` : "";
  if (spentAt) {
    return [row("done", "Code spent", tries || "it works no second time", spentAt)];
  }
  const minutes = Math.ceil((new Date(codeExpiresAt) - now) / 60_000);
  return [minutes > 0
    ? row("ahead", "Code not spent yet", [`lives ${minutes} min more`, tries].filter(Boolean).join(", "))
    : row("failed", "Code expired", tries)];
}
