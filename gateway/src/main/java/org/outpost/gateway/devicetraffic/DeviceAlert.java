package org.outpost.gateway.devicetraffic;

import java.time.Instant;

/** What a device reports about itself, as it came; nothing is decoded yet. */
public sealed interface DeviceAlert {
    /** Who reports. */
    DeviceSource source();

    /** When it came. */
    Instant received();

    /** The bytes as they came. */
    RawAlert raw();

    /**
     * A WS-Event (events.md section 3).
     *
     * @param path what the device posted to, with its query
     * @param raw the SOAP envelope: well-formed XML without a document type, at most 64 KiB
     */
    record Event(DeviceSource source, Instant received, String path, RawAlert raw)
            implements DeviceAlert {}

    /**
     * A PET, which is an SNMP version 1 trap (events.md section 1), or whatever came in its place.
     *
     * @param originator what the device gave as the datagram's source address; a claim
     * @param raw the datagram, at most 4096 bytes
     */
    record Trap(DeviceSource source, Instant received, String originator, RawAlert raw)
            implements DeviceAlert {}
}
