package org.outpost.amt.operation.defense;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A filter that is in the device.
 *
 * @param className AMT_Hdr8021Filter or AMT_IPHeadersFilter
 * @param instanceId its key
 * @param name its name
 * @param creationHandle by which a policy names it: the number at the end of its key
 * @param direction 0 sent, 1 received
 * @param profile the number of its {@link FilterProfile}
 */
public record PresentFilter(
        String className,
        String instanceId,
        String name,
        OptionalLong creationHandle,
        OptionalInt direction,
        OptionalInt profile) {}
