package io.pims.authentication.dispatch;

import io.pims.authentication.sms.Road;

/** A road with what guards it in this replica. No road waits for another one. */
record GuardedRoad(Road road, SendSlots slots, CallGuard guard) {}
