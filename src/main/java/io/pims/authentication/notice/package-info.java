/**
 * Hands security events to the operator's backend, by signed webhooks, from an outbox in the database. It must never keep a
 * request waiting for the backend, hold a SQL transaction open while it posts, or post an event of a user before an older one
 * of the same user was taken. Start at {@link io.pims.authentication.notice.NoticeSender}.
 */
package io.pims.authentication.notice;
