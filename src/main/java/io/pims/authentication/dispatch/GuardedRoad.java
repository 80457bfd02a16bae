package io.pims.authentication.dispatch;

import io.pims.authentication.sms.Road;

/**
 * A road with what guards it in this replica. Slots, pace, breaker and bulkhead are its own. The places in flight are not:
 * transactions that wait for a slow road hold some of those that all roads share.
 */
record GuardedRoad(Road road, SendSlots slots, CallGuard guard) {}
