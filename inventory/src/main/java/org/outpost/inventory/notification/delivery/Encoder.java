package org.outpost.inventory.notification.delivery;

import org.outpost.inventory.notification.Event;
import org.outpost.inventory.notification.EventData;

import java.util.List;
import java.util.Optional;

/** Writes events in the form that one subscriber wants, and reads what it answers. */
sealed interface Encoder {
    /** How many events a request may hold. */
    int most();

    /** The request; empty when there is nothing in these events for this subscriber. */
    Optional<Message> message(List<Event> events);

    /** Looks at the answer to them. */
    void answered(List<Event> events, byte[] answer);

    /** Structured mode, one at a time. */
    record Single(CloudEvents cloudEvents) implements Encoder {
        @Override
        public int most() {
            return 1;
        }

        @Override
        public Optional<Message> message(List<Event> events) {
            return Optional.of(
                    new Message(CloudEvents.SINGLE, cloudEvents.single(events.getFirst())));
        }

        @Override
        public void answered(List<Event> events, byte[] answer) {
            // That it was 2xx is all.
        }
    }

    /** Batched mode. */
    record Batch(CloudEvents cloudEvents, int most) implements Encoder {
        @Override
        public Optional<Message> message(List<Event> events) {
            return Optional.of(new Message(CloudEvents.BATCH, cloudEvents.batch(events)));
        }

        @Override
        public void answered(List<Event> events, byte[] answer) {
            // That it was 2xx is all.
        }
    }

    /**
     * The notification of Intel's MPS. It knows nothing of alerts.
     *
     * @param tunnels ends those that are not wanted
     */
    record Soap(Format.MpsSoap format, SoapNotification notification, TunnelCloser tunnels)
            implements Encoder {
        @Override
        public int most() {
            return 1;
        }

        @Override
        public Optional<Message> message(List<Event> events) {
            Event event = events.getFirst();
            return event.data() instanceof EventData.Presence device
                    ? Optional.of(notification.message(event, device))
                    : Optional.empty();
        }

        @Override
        public void answered(List<Event> events, byte[] answer) {
            if (format.wantReply()
                    && format.authoritative()
                    && events.getFirst().data() instanceof EventData.Presence device
                    && device.reason() == null
                    && !SoapReply.keepConnection(answer).orElse(true)) {
                // The event of a connection happened when its tunnel was accepted.
                tunnels.close(
                        events.getFirst().device(), device.tunnel(), events.getFirst().time());
            }
        }
    }
}
