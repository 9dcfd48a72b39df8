package org.outpost.server.web.relay;

import org.outpost.access.token.Ticket;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.gateway.GatewaySession;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.UUID;

/**
 * A browser's session with a device.
 *
 * @param id counts from 1 since the start
 * @param ticket with which it was let in
 * @param since when it was let in
 * @param recorded whether what it shows is recorded
 */
record RelaySession(
        long id,
        UUID device,
        RedirectionKind kind,
        Ticket ticket,
        InetSocketAddress address,
        Instant since,
        boolean recorded,
        GatewaySession gateway) {}
