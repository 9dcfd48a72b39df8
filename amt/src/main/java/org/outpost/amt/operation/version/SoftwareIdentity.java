package org.outpost.amt.operation.version;

/**
 * One part of the firmware (CIM_SoftwareIdentity).
 *
 * @param instanceId such as {@code AMT}, {@code Flash}, {@code Sku}
 * @param versionString its version, or its value
 * @param isEntity whether it is an entity of its own
 */
public record SoftwareIdentity(String instanceId, String versionString, boolean isEntity) {}
