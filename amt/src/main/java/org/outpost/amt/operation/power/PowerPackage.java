package org.outpost.amt.operation.power;

/**
 * A power package (AMT_SystemPowerScheme).
 *
 * @param instanceId its key
 * @param description such as {@code Mobile: ON in S0}
 */
public record PowerPackage(String instanceId, String description) {}
