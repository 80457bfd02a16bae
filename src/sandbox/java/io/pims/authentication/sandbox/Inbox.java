package io.pims.authentication.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest messages, newest last; a load test must not fill the memory. */
final class Inbox {

    static final int CAPACITY = 10_000;

    private final Deque<ReceivedMessage> messages = new ArrayDeque<>();

    synchronized void add(ReceivedMessage message) {
        UsedSecrets.note(message);
        if (messages.size() == CAPACITY) {
            messages.removeFirst();
        }
        messages.addLast(message);
    }

    synchronized List<ReceivedMessage> all() {
        return List.copyOf(messages);
    }

    synchronized void clear() {
        messages.clear();
    }
}
