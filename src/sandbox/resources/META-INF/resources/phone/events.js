const RETRY_MS = 5000;
const live = document.getElementById("live");

/** Hands on each snapshot of the sandbox, and tells whether they still come. */
export function watch(listener) {
  const source = new EventSource("/sandbox/events");
  source.onopen = () => tell("Live", "on");
  source.onmessage = event => listener(JSON.parse(event.data));
  source.onerror = () => {
    tell("Not connected, trying again", "off");
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => watch(listener), RETRY_MS);
    }
  };
}

function tell(text, state) {
  if (live.textContent !== text) {
    live.textContent = text;
    live.dataset.state = state;
  }
}
