package org.outpost.apf.message;

import java.util.UUID;

/**
 * PROTOCOLVERSION (192): the first message of a session (apf.md section 2.3).
 *
 * @param major 1
 * @param minor 0
 * @param trigger why the device calls: 1 user, 2 alert, 3 provisioning, 4 periodic, 254 local; a
 *     hint only, any value is accepted
 * @param systemId the device's SMBIOS UUID; zero when sent by an LMS
 */
public record ProtocolVersion(int major, int minor, int trigger, UUID systemId)
        implements ApfMessage {}
