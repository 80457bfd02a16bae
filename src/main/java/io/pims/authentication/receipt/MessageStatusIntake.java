package io.pims.authentication.receipt;

import io.pims.authentication.http.Envelope;
import io.pims.authentication.receipt.ReceiptMetrics.Result;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Takes a receipt of the Messages API. Nothing of its body is read before its token is found right. */
@ApplicationScoped
class MessageStatusIntake {

    private final WebhookToken token;
    private final ReceiptIntake intake;

    MessageStatusIntake(ReceiptSecrets secrets, Clock clock, ReceiptIntake intake) {
        this.token = new WebhookToken(secrets.all(), clock);
        this.intake = intake;
    }

    /**
     * Returns the answer.
     *
     * @param authorization all headers of that name
     * @throws io.pims.authentication.http.ApiException 401 for another token, 400 for what can't be read
     */
    Uni<Envelope> take(List<String> authorization, byte[] body, UUID requestId) {
        List<String> signers = intake.step(Result.UNAUTHENTIC, () -> token.require(authorization, body));
        return intake.take(intake.step(Result.MALFORMED, () -> MessageStatus.read(body)), signers, requestId);
    }
}
