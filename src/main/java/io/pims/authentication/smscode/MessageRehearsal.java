package io.pims.authentication.smscode;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.pims.authentication.http.Envelope;
import io.pims.authentication.http.ErrorCode;
import io.pims.authentication.http.RequestIds;
import io.pims.authentication.http.StrictJson;
import io.pims.authentication.readiness.Rehearsal;
import io.quarkus.arc.Unremovable;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Reads the body of a request for a code, and writes its answers. */
@Singleton
@Unremovable
class MessageRehearsal implements Rehearsal {

    private static final int AT_ONCE = 50;
    private static final String BODY = "{\"type\":\"resetPIN\"}";

    private final StrictJson json;
    private final RequestIds requestIds;

    MessageRehearsal(StrictJson json, RequestIds requestIds) {
        this.json = json;
        this.requestIds = requestIds;
    }

    @Override
    public Uni<Void> once() {
        try {
            for (int each = 0; each < AT_ONCE; each++) {
                json.getContext(SmsCodeRequest.class)
                        .readValue(BODY, SmsCodeRequest.class)
                        .requireType();
                UUID id = requestIds.generate();
                write(Envelope.pending(id));
                write(Envelope.failed(id, ErrorCode.TIMEOUT, null));
            }
            return Uni.createFrom().voidItem();
        } catch (JsonProcessingException impossible) {
            return Uni.createFrom().failure(impossible);
        }
    }

    private void write(Envelope envelope) throws JsonProcessingException {
        json.getContext(Envelope.class).writeValueAsBytes(envelope);
    }
}
