package io.pims.authentication.dispatch;

import io.pims.authentication.sms.SmsSender;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Lets as many calls run at a time as the sender has clients, first come, first served. The wait for a slot is before
 * the timeout of the call begins. No more wait than are in flight.
 */
@ApplicationScoped
public class SendSlots {

    private final UnicastProcessor<Uni<Void>> queue = UnicastProcessor.create();

    public SendSlots(SmsSender sender) {
        queue.onItem()
                .transformToUni(work -> work)
                .merge(sender.concurrency())
                .subscribe()
                .with(done -> {});
    }

    /** Runs the work once there is a slot, and frees the slot when it ends, however it ends. */
    <T> Uni<T> inTurn(Uni<T> work) {
        return Uni.createFrom()
                .emitter(emitter -> enqueue(work.onItemOrFailure()
                        .invoke((item, failure) -> {
                            if (failure == null) {
                                emitter.complete(item);
                            } else {
                                emitter.fail(failure);
                            }
                        })
                        .replaceWithVoid()
                        .onFailure()
                        .recoverWithNull()));
    }

    private synchronized void enqueue(Uni<Void> work) {
        queue.onNext(work);
    }
}
