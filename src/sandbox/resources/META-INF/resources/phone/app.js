import { call } from "./api.js";
import { changeDriver, driver } from "./driver.js";
import { tellFailure, tellNothing, tellPending, tellSuccess } from "./outcome.js";
import * as steps from "./steps.js";

const API = "/v1/authentication";
const LONGEST_WAIT_S = 20;
/** Above the deadline of a command, after which no transaction is PENDING. */
const PATIENCE_MS = 90_000;

const byId = id => document.getElementById(id);
const forms = {
  signIn: byId("sign-in"),
  askCertification: byId("ask-certification"),
  certify: byId("certify"),
  ask: byId("ask"),
  reset: byId("reset")
};

/** The form that the code on its way is for. */
let codeIsFor = forms.reset;

export function startApp() {
  onSubmit(forms.signIn, signIn);
  onSubmit(forms.askCertification, askForCertification);
  onSubmit(forms.certify, certify);
  onSubmit(forms.ask, askForCode);
  onSubmit(forms.reset, reset);
  byId("somebody-new").addEventListener("click", () => {
    forms.signIn.elements.user.value = `driver-${randomDigits(6)}`;
    forms.signIn.requestSubmit();
  });
  byId("sign-out").addEventListener("click", signOut);
}

/** Fills the code into the form that it was asked for, as a phone does by the last line of the SMS. */
export function useCode(code) {
  codeIsFor.elements.smsCode.value = code;
  const next = codeIsFor.elements.pinCode.offsetParent ? codeIsFor.elements.pinCode : codeIsFor.querySelector("button");
  next.focus();
}

async function signIn() {
  const { user, brand, language } = Object.fromEntries(new FormData(forms.signIn));
  const token = await fetch(`/sandbox/token?${new URLSearchParams({ user, brand })}`);
  if (!token.ok) {
    tellFailure({ status: token.status });
    return;
  }
  changeDriver({ user, brand, language, token: await token.text(), number: null, numbers: new Set() });
  const brandName = forms.signIn.elements.brand.selectedOptions[0].text;
  byId("whoami").textContent = `${user} · ${brandName}`;
  forms.signIn.hidden = true;
  byId("signed-in").hidden = false;
  [forms.askCertification, forms.certify, forms.reset].forEach(form => form.reset());
  tellNothing();
  steps.signedIn();
  byId("whoami").focus();
  await readNumber();
  if (!driver.number) {
    forms.askCertification.elements.phoneNumber.value = `061${randomDigits(7)}`;
  }
}

function signOut() {
  changeDriver({ user: null, token: null, number: null, numbers: new Set() });
  byId("signed-in").hidden = true;
  forms.signIn.hidden = false;
  forms.signIn.elements.user.focus();
  tellNothing();
  steps.signedOut();
}

async function readNumber() {
  const answer = await call("GET", `${API}/trustedphonenumber`);
  changeDriver({ number: answer.message?.result?.phoneNumber ?? null });
  byId("number").textContent = driver.number ?? "None yet";
  byId("change-title").textContent = driver.number ? "Change the number" : "Certify a number";
  byId("change").open = !driver.number;
  byId("present-pin").hidden = !driver.number;
}

async function askForCertification() {
  codeIsFor = forms.certify;
  const phoneNumber = forms.askCertification.elements.phoneNumber.value;
  driver.numbers.add(inE164(phoneNumber));
  const answer = await request({ type: "phoneNumberCertification", phoneNumber });
  if (answer) {
    tellSuccess("The provider took the SMS. Type the code that arrives, so that it is known to be your number.", answer);
    forms.certify.elements.smsCode.focus();
  }
}

async function certify() {
  const body = {
    action: driver.number ? "modifyPhoneNumber" : "addPhoneNumber",
    phoneNumber: forms.askCertification.elements.phoneNumber.value,
    smsCode: forms.certify.elements.smsCode.value
  };
  const pinCode = forms.certify.elements.pinCode.value;
  if (driver.number && pinCode) {
    body.pinCode = pinCode;
  }
  const answer = await call("PUT", `${API}/smscode`, { body });
  if (answer.message?.status === "SUCCEEDED") {
    tellSuccess("The number is certified: codes go there from now on.", answer);
    forms.certify.reset();
    await readNumber();
    forms.ask.querySelector("button").focus();
  } else {
    tellFailure(answer);
  }
}

async function askForCode() {
  codeIsFor = forms.reset;
  steps.asked();
  const answer = await request({ type: "resetPIN" });
  if (answer) {
    tellSuccess("The provider took the SMS. Type the code that arrives, and a new PIN.", answer);
    forms.reset.elements.smsCode.focus();
  } else {
    steps.refused();
  }
}

async function reset() {
  const { smsCode, pinCode } = Object.fromEntries(new FormData(forms.reset));
  const answer = await call("PUT", `${API}/pincode`, { body: { action: "reset", smsCode, pinCode } });
  if (answer.message?.status === "SUCCEEDED") {
    tellSuccess("The new PIN is set, and the code is spent.", answer);
    forms.reset.reset();
    steps.pinIsSet();
  } else {
    tellFailure(answer);
  }
}

/** Asks for a code and waits for the outcome, as an app does. The answer if the SMS was sent, else nothing. */
async function request(body) {
  const headers = { "Accept-Language": driver.language, "Idempotency-Key": `"${randomDigits(16)}"` };
  const asker = driver.user;
  let answer = await call("POST", `${API}/smscode`, { body, headers });
  const until = Date.now() + PATIENCE_MS;
  while (answer.message?.status === "PENDING" && Date.now() < until) {
    tellPending("Recorded. The service is sending the SMS; it tries again until the deadline.");
    const path = `${API}/smscode/${answer.message.transactionId}`;
    answer = await call("GET", path, { headers: { Prefer: `wait=${LONGEST_WAIT_S}` } });
  }
  if (driver.user !== asker) {
    return null;
  }
  if (answer.message?.status === "SUCCEEDED") {
    return answer;
  }
  tellFailure(answer);
  return null;
}

/** Keeps a form from being sent twice while its answer is awaited. */
function onSubmit(form, action) {
  form.addEventListener("submit", async event => {
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") {
      return;
    }
    form.setAttribute("aria-busy", "true");
    try {
      await action();
    } finally {
      form.removeAttribute("aria-busy");
    }
  });
}

/** As the service reads a French number; for others the phone shows what comes to the number on file. */
function inE164(typed) {
  const number = typed.normalize("NFKC").replace(/[\p{Cf}\p{Pd}\s.()/\u2212]/gu, "").replace(/^tel:/i, "");
  return number.startsWith("00") ? `+${number.slice(2)}` : number.startsWith("0") ? `+33${number.slice(1)}` : number;
}

function randomDigits(count) {
  return Array.from(crypto.getRandomValues(new Uint8Array(count)), byte => byte % 10).join("");
}
