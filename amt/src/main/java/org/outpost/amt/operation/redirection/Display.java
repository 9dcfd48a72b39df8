package org.outpost.amt.operation.redirection;

/**
 * A display of the PC (IPS_ScreenSettingData).
 *
 * @param displayIndex 0 is the first
 * @param active whether it shows something
 * @param upperLeftX where it begins, in pixels
 * @param upperLeftY where it begins, in pixels
 * @param resolutionX how wide, in pixels
 * @param resolutionY how high, in pixels
 * @param role primary, secondary, tertiary or quaternary; may be empty
 * @param isDefault whether KVM shows it first
 */
public record Display(
        int displayIndex,
        boolean active,
        int upperLeftX,
        int upperLeftY,
        int resolutionX,
        int resolutionY,
        String role,
        boolean isDefault) {}
