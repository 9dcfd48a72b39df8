package org.outpost.simulator.impairment;

/**
 * A named set of impairments: how a device's way to the server is.
 *
 * @param name what the user calls it
 * @param tls TLS versions of its tunnel
 * @param link what happens to its bytes
 * @param ending how its connections end
 */
public record Mood(String name, TlsVersion tls, LinkQuality link, Ending ending) {}
