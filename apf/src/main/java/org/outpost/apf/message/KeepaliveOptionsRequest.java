package org.outpost.apf.message;

/**
 * KEEPALIVE_OPTIONS_REQUEST (210).
 *
 * @param intervalSeconds how often the device shall send keep-alives, unsigned 32 bits
 * @param timeoutSeconds how long it waits before it gives up; public servers send 0 or 90
 */
public record KeepaliveOptionsRequest(int intervalSeconds, int timeoutSeconds)
        implements ApfMessage {}
