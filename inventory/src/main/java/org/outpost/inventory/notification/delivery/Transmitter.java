package org.outpost.inventory.notification.delivery;

/** The way to one subscriber. Used by several threads at once; blocks. */
interface Transmitter extends AutoCloseable {
    /**
     * Sends one request and reads the answer.
     *
     * @return the answer's body, at most 64 KiB of it
     * @throws DeliveryException when the answer was not 2xx, or there was none
     */
    byte[] send(Message message) throws DeliveryException;

    @Override
    void close();
}
