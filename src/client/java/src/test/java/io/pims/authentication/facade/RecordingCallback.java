package io.pims.authentication.facade;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Keeps what it is told, and on which thread. */
final class RecordingCallback implements Callback {

    final BlockingQueue<Map<String, Object>> messages = new LinkedBlockingQueue<>();
    final BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();

    @Override
    public void answer(Map<String, Object> message) {
        threads.add(Thread.currentThread());
        messages.add(message);
    }
}
