/** Who is signed in, and which numbers are that driver's phone. */
export const driver = { user: null, token: null, brand: null, language: "en", number: null, numbers: new Set() };

const listeners = [];

export function onDriver(listener) {
  listeners.push(listener);
}

export function changeDriver(change) {
  Object.assign(driver, change);
  if (driver.number) {
    driver.numbers.add(driver.number);
  }
  listeners.forEach(listener => listener());
}
