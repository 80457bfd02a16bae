import { header } from "./api.js";

const outcome = document.getElementById("outcome");

const PLAIN = {
  2001: "The service is starting or shutting down. Try again in a moment.",
  2006: "The provider says that the account is not set up well. Nothing that the driver could do about it.",
  2201: "The provider gave no usable answer in time, on any try.",
  2202: "The provider could not be reached until the deadline.",
  2204: "The provider refused the SMS for good, the SIM is too new, or something broke.",
  2305: "That is not the code of the SMS, or it has been used.",
  2306: "The code’s ten minutes are over. Ask for another one.",
  2307: "There is no phone number on file.",
  2310: "Too many wrong codes or PINs.",
  2315: "That is the PIN which is set already.",
  2390: "There is a number on file already, or this one serves too many accounts."
};

export function tellPending(text) {
  tell("pending", "PENDING", text);
}

export function tellSuccess(text, exchange) {
  tell("succeeded", "SUCCEEDED", text, exchange);
}

export function tellFailure(exchange) {
  if (!exchange.message?.error) {
    tell("failed", "No answer", "The service did not answer. Is it running?", exchange);
    return;
  }
  const { code, label } = exchange.message.error;
  tell("failed", `${code} ${label}`, inPlainWords(code, label, exchange), exchange);
}

export function tellNothing() {
  outcome.replaceChildren();
  delete outcome.dataset.state;
}

function inPlainWords(code, label, exchange) {
  if (exchange.status === 429) {
    const seconds = Number(header(exchange, "retry-after"));
    return `A limit is used up. It works again in ${duration(seconds)}, or for somebody new at once.`;
  }
  if (label.includes("trustedphonenumber")) {
    return "There is no number that a code could be sent to. Certify one first.";
  }
  if (label.includes("pinCode")) {
    return "Not a PIN that is accepted: six digits, none that is easily guessed, such as 123456.";
  }
  if (code === 2102 || code === 2101) {
    return "The service can’t take this value.";
  }
  return PLAIN[code] ?? "";
}

function duration(seconds) {
  return seconds < 120 ? `${seconds} s` : seconds < 7200 ? `${Math.ceil(seconds / 60)} min` : `${Math.ceil(seconds / 3600)} h`;
}

function tell(state, title, text, exchange) {
  outcome.dataset.state = state;
  const heading = document.createElement("p");
  heading.className = "outcome-title";
  heading.textContent = title;
  const explanation = document.createElement("p");
  explanation.textContent = text;
  outcome.replaceChildren(heading, explanation);
  if (exchange?.message) {
    const id = document.createElement("p");
    id.className = "id";
    id.textContent = `HTTP ${exchange.status} · ${exchange.message.transactionId}`;
    outcome.append(id);
  }
}
