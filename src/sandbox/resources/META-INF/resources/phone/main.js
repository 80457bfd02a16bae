import { startApp, useCode } from "./app.js";
import { showMessages } from "./handset.js";
import { showTransactions } from "./transactions.js";
import { showExchange } from "./exchanges.js";
import { showLimits } from "./limits.js";
import { startProvider, showProvider } from "./provider.js";
import { startRoads, showRoads } from "./roads.js";
import { onExchange } from "./api.js";
import { watch } from "./events.js";
import { driver, onDriver } from "./driver.js";
import { codeArrived } from "./steps.js";

let latest;

function show(snapshot) {
  latest = snapshot;
  showProvider(snapshot.provider);
  showRoads(snapshot.roads);
  const newCode = showMessages(snapshot, driver, useCode);
  if (newCode) {
    codeArrived();
  }
  showTransactions(snapshot, driver);
}

startApp();
startProvider();
startRoads();
onExchange(showExchange);
onExchange(showLimits);
onDriver(() => latest && show(latest));
watch(show);
