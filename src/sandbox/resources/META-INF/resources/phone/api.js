import { driver } from "./driver.js";

const listeners = [];

export function onExchange(listener) {
  listeners.push(listener);
}

/** One request of the app, told to whoever shows it. What is no answer has the status 0 and no message. */
export async function call(method, path, { body, headers = {} } = {}) {
  const sent = { ...headers };
  if (driver.token) {
    sent.Authorization = `Bearer ${driver.token}`;
  }
  if (body) {
    sent["Content-Type"] = "application/json";
  }
  const exchange = { method, path, headers: sent, body, at: new Date(), status: 0, answerHeaders: [], text: "" };
  const began = performance.now();
  try {
    const response = await fetch(path, { method, headers: sent, body: body && JSON.stringify(body) });
    exchange.status = response.status;
    exchange.answerHeaders = [...response.headers];
    exchange.text = await response.text();
  } catch (failure) {
    exchange.text = `No answer: ${failure.message}`;
  }
  exchange.tookMs = Math.round(performance.now() - began);
  exchange.message = parsed(exchange.text);
  listeners.forEach(listener => listener(exchange));
  return exchange;
}

export function header(exchange, name) {
  return exchange.answerHeaders.find(([key]) => key === name)?.[1];
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
