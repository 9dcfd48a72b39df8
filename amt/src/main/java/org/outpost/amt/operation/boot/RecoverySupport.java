package org.outpost.amt.operation.boot;

/**
 * What of one-click recovery is there and switched on (AMT 16 and later).
 *
 * @param ocr whether one-click recovery is switched on
 * @param httpsBoot whether HTTPS boot can be used
 * @param windowsRecovery whether the Windows recovery environment can be used
 * @param localPba whether a local pre-boot application can be used
 * @param remoteErase whether remote platform erase is switched on
 * @param eraseCapabilities the bits of what may be erased; 0 when nothing
 */
public record RecoverySupport(
        boolean ocr,
        boolean httpsBoot,
        boolean windowsRecovery,
        boolean localPba,
        boolean remoteErase,
        long eraseCapabilities) {}
