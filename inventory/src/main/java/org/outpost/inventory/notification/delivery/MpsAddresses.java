package org.outpost.inventory.notification.delivery;

/**
 * Where consoles find this server's doors, as the notification of Intel's MPS tells them
 * (mps-soap.md §3.1).
 *
 * @param address our IP address
 * @param httpPort of the HTTP proxy; 0 when it is off
 * @param socksPort of the SOCKS door; 0 when it is off
 */
public record MpsAddresses(String address, int httpPort, int socksPort) {}
