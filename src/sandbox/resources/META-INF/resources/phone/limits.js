import { header } from "./api.js";

const container = document.getElementById("limits");
const limits = new Map();

/** Takes note of RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers), where an answer has them. */
export function showLimits(exchange) {
  const left = read(header(exchange, "ratelimit"));
  const policy = read(header(exchange, "ratelimit-policy"));
  if (left && policy) {
    limits.set(left.name, { remaining: left.r, resetAt: Date.now() + left.t * 1000, count: policy.q, window: policy.w });
    render();
  }
}

function read(field) {
  const match = field?.match(/^"([^"]+)"(.*)$/);
  if (!match) {
    return null;
  }
  const values = [...match[2].matchAll(/;(\w+)=(\d+)/g)].map(([, key, value]) => [key, Number(value)]);
  return { name: match[1], ...Object.fromEntries(values) };
}

function render() {
  container.replaceChildren(...[...limits].map(([name, limit]) => {
    const seconds = Math.max(0, Math.ceil((limit.resetAt - Date.now()) / 1000));
    const remaining = seconds === 0 && limit.remaining === 0 ? 1 : limit.remaining;
    const line = document.createElement("p");
    line.className = "limit";
    const label = document.createElement("code");
    label.textContent = name;
    const meter = document.createElement("meter");
    meter.max = limit.count;
    meter.value = remaining;
    meter.setAttribute("aria-label", `Left of ${name}`);
    const text = document.createElement("span");
    text.textContent = `${remaining} of ${limit.count} left in ${limit.window} s`
      + (seconds > 0 ? `, one more in ${seconds} s` : "");
    line.append(meter, label, text);
    return line;
  }));
}

setInterval(() => limits.size && render(), 1000);
