const steps = [...document.querySelectorAll(".steps [data-step]")];

/** Where the driver is on the way to a new PIN; behind the last step when all is done. */
let at = 0;

export function signedOut() {
  go(0);
}

export function signedIn() {
  go(1);
}

export function asked() {
  go(2);
}

export function refused() {
  go(1);
}

export function codeArrived() {
  if (at === 2) {
    go(3);
  }
}

export function pinIsSet() {
  go(steps.length);
}

function go(step) {
  at = step;
  steps.forEach((item, index) => {
    item.dataset.state = index < at ? "done" : index === at ? "now" : "ahead";
    if (index === at) {
      item.setAttribute("aria-current", "step");
    } else {
      item.removeAttribute("aria-current");
    }
  });
}

go(0);
