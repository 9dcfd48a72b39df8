package org.outpost.server.configuration;

import org.outpost.server.configuration.binding.Default;
import org.outpost.server.configuration.binding.Doc;
import org.outpost.server.configuration.binding.Range;

import java.time.Duration;

/** What counts for the TLS of all listeners. */
public record TlsSettings(
        @Doc(
                        "How long a key seals session tickets. Sessions can be resumed for one to"
                                + " two of these.")
                @Default("12h")
                @Range(min = 1_000, max = 7 * 86_400_000L)
                Duration ticketLifetime,
        @Doc(
                        "How often certificates, keys and CRLs on disk are looked at. New ones"
                                + " count from the next handshake; open connections stay.")
                @Default("1s")
                @Range(min = 100, max = 86_400_000L)
                Duration reloadInterval,
        @Doc(
                        "How long an OCSP responder may take, the wait for a turn included."
                                + " The device's own deadlines stand still meanwhile.")
                @Default("5s")
                @Range(min = 100, max = 60_000)
                Duration ocspTimeout,
        @Doc(
                        "Whether OCSP responders are asked for an answer made for the question (a"
                                + " nonce); many give only answers made in advance.")
                @Default("false")
                boolean ocspNonce) {}
