const MOST = 30;
const container = document.getElementById("exchanges");
const template = document.getElementById("exchange").content;

/** Shows a request and its answer as they went over the wire, the newest first. */
export function showExchange(exchange) {
  container.querySelector(".empty")?.remove();
  const node = template.cloneNode(true).firstElementChild;
  const badge = node.querySelector(".badge");
  badge.textContent = exchange.status || "none";
  badge.dataset.state = exchange.message?.status?.toLowerCase() ?? "failed";
  node.querySelector("code").textContent = `${exchange.method} ${exchange.path}`;
  node.querySelector(".took").textContent = `${exchange.tookMs} ms`;
  node.querySelector(".request").textContent = [
    `${exchange.method} ${exchange.path}`,
    ...Object.entries(exchange.headers).map(([name, value]) => `${name}: ${shortened(value)}`),
    ...(exchange.body ? ["", JSON.stringify(exchange.body)] : [])
  ].join("\n");
  node.querySelector(".answer").textContent = [
    exchange.status || "",
    ...exchange.answerHeaders.map(([name, value]) => `${name}: ${value}`),
    "",
    exchange.text
  ].join("\n").trim();
  container.prepend(node);
  while (container.children.length > MOST) {
    container.lastElementChild.remove();
  }
}

function shortened(value) {
  return value.length > 60 ? `${value.slice(0, 40)}…` : value;
}
