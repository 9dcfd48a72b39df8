package org.outpost.access.tenant;

import java.time.Instant;

/**
 * An organisation whose devices and users nobody else sees, apart from the provider's own staff.
 *
 * @param name lower case letters, digits and dashes
 * @param description for people; may be empty
 * @param created when it was made
 */
public record Tenant(String name, String description, Instant created) {}
