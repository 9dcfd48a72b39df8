package org.outpost.server.trust;

import org.jspecify.annotations.Nullable;

import java.net.URI;

/**
 * How one listener asks.
 *
 * @param hard whether a client is turned away while nobody answers; else it is let in
 * @param responder who is asked; null for the one that the certificate names
 * @param nonce whether answers made in advance are not wanted
 */
public record OcspSettings(boolean hard, @Nullable URI responder, boolean nonce) {}
