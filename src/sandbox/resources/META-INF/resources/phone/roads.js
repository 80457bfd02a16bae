/** For so long what was ordered here is shown, though a snapshot that was under way tells of the state before. */
const UNDER_WAY_MS = 2000;

const part = document.getElementById("roads");
const first = document.getElementById("first-road");
const note = document.getElementById("road-note");

let roads = [];
let orderedUntil = 0;

export function startRoads() {
  first.addEventListener("change", order);
}

/** Shows the switch where there is another road, and whether the first one is down, whoever ordered it. */
export function showRoads(inOrder) {
  roads = inOrder;
  part.hidden = !areMany();
  if (Date.now() >= orderedUntil || isDown(roads[0]) === first.checked) {
    first.checked = isDown(roads[0]);
    tell(noteOn());
  }
}

/** The road that an SMS came by; nothing if there is only one. Roads that share an API can't be told apart. */
export function roadOf(message) {
  return areMany() ? roads.filter(({ api }) => api === message.api).map(({ name }) => name).join(" or ") : "";
}

/** Who answered an attempt: the road by its name where there are several. */
export function answerer(road) {
  return areMany() && road ? road : "provider";
}

/** True unless the road is known to be a gateway: these tell no receipts. */
export function tellsReceipts(name) {
  return roads.find(road => road.name === name)?.api !== "webhook";
}

function areMany() {
  return roads.length > 1;
}

function isDown({ behaviour }) {
  return behaviour === "unreachable";
}

function noteOn() {
  const names = roads.map(({ name }) => name);
  const up = roads.find(road => !isDown(road));
  if (!up) {
    return `No road takes a connection: ${names.join(", ")}.`;
  }
  return first.checked
    ? `${names[0]} takes no connection: each SMS goes by ${up.name}.`
    : `The roads in their order: ${names.join(", ")}.`;
}

function tell(text) {
  if (note.textContent !== text) {
    note.textContent = text;
  }
}

async function order() {
  orderedUntil = Date.now() + UNDER_WAY_MS;
  const behaviour = first.checked ? "unreachable" : "normal";
  const api = roads[0].api;
  const answer = await fetch("/sandbox/provider", { method: "PUT", body: JSON.stringify({ api, behaviour }) });
  if (answer.ok) {
    showRoads(roads.map(road => (road.api === api ? { ...road, behaviour } : road)));
  }
}
