package io.pims.authentication.notice;

import io.pims.authentication.sms.TestConfig;

/** A backend that nobody posts to, so that events wait for it. */
public final class SilentBackend {

    private SilentBackend() {}

    /** Returns an outbox that takes events in. */
    public static NoticeOutbox outbox() {
        return new NoticeOutbox(TestConfig.of(
                NoticeConfig.class,
                "pims.notice.webhook.url",
                "https://backend.example/events",
                "pims.notice.webhook.secrets",
                FakeBackend.SECRET));
    }
}
