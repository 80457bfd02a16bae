const BEHAVIOURS = [
  { id: "normal", name: "Normal", then: "takes every SMS, and tells that it arrived", settings: { behaviour: "normal" } },
  { id: "slow", name: "Slow", then: "sends the SMS, but says so too late", code: 2201, settings: { behaviour: "slow" } },
  { id: "refuse", name: "Refuses", then: "says no to this SMS for good", code: 2204, settings: { behaviour: "refuse" } },
  { id: "unreachable", name: "Unreachable", then: "takes no connection; the service tries until the deadline",
    code: 2202, settings: { behaviour: "unreachable" } },
  { id: "throttle", name: "Throttles", then: "says “later”; the service tries until the deadline", code: 2201,
    settings: { behaviour: "throttle" } },
  { id: "bad-credentials", name: "Bad account", then: "does not know our account", code: 2006,
    settings: { behaviour: "bad-credentials" } },
  { id: "no-receipt", name: "No receipt", then: "takes the SMS, and never tells whether it arrived",
    settings: { behaviour: "normal", receipts: false } }
];

/** For so long what was ordered here is shown, though a snapshot that was under way tells of the state before. */
const UNDER_WAY_MS = 2000;

const switches = document.querySelector("#provider .switches");
const note = document.getElementById("provider-note");

let ordered = { id: null, until: 0 };

export function startProvider() {
  BEHAVIOURS.forEach(behaviour => {
    const label = document.createElement("label");
    const input = document.createElement("input");
    input.type = "radio";
    input.name = "behaviour";
    input.value = behaviour.id;
    input.addEventListener("change", () => order(behaviour));
    label.append(input, behaviour.name);
    if (behaviour.code) {
      const code = document.createElement("small");
      code.textContent = behaviour.code;
      label.append(" ", code);
    }
    switches.append(label);
  });
}

/** Shows what is in force, whoever ordered it. */
export function showProvider({ behaviour, receipts }) {
  const id = behaviour === "normal" && !receipts ? "no-receipt" : behaviour;
  if (id !== ordered.id && Date.now() < ordered.until) {
    return;
  }
  const known = BEHAVIOURS.find(candidate => candidate.id === id);
  switches.querySelectorAll("input").forEach(input => (input.checked = input.value === id));
  const text = known
    ? `It ${known.then}${known.code ? `: the app gets ${known.code}.` : "."}`
    : `It behaves as ordered elsewhere: ${behaviour}.`;
  if (note.textContent !== text) {
    note.textContent = text;
  }
}

async function order({ id, settings }) {
  ordered = { id, until: Date.now() + UNDER_WAY_MS };
  const answer = await fetch("/sandbox/provider", { method: "PUT", body: JSON.stringify(settings) });
  if (answer.ok) {
    showProvider(await answer.json());
  }
}
