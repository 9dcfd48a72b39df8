package org.outpost.amt.operation.boot;

import org.outpost.amt.xml.Element;

import java.util.List;
import java.util.Optional;

/** Puts what several classes say about one-click recovery together. */
record RecoveryReading(
        BootCapabilities capabilities, Element settings, List<BootSourceSetting> offered) {
    private static final int OCR = 32769;
    private static final int BOTH = 32771;

    RecoveryReading(BootCapabilities capabilities, Element settings) {
        this(capabilities, settings, List.of());
    }

    RecoveryReading sources(List<BootSourceSetting> sources) {
        return new RecoveryReading(capabilities, settings, sources);
    }

    RecoverySupport read(Optional<Element> service) {
        int state = service.map(one -> one.integer("EnabledState").orElse(0)).orElse(0);
        boolean https =
                offered.stream()
                        .anyMatch(
                                one ->
                                        one.source()
                                                .instanceId()
                                                .startsWith(BootSource.HTTPS.instanceId()));
        return new RecoverySupport(
                state == OCR || state == BOTH,
                https && capabilities.httpsBoot() && settings.isTrue("UEFIHTTPSBootEnabled"),
                offered.stream().anyMatch(BootSourceSetting::windowsRecovery)
                        && capabilities.windowsRecovery()
                        && settings.isTrue("WinREBootEnabled"),
                offered.stream().anyMatch(BootSourceSetting::localPba)
                        && capabilities.localPba()
                        && settings.isTrue("UEFILocalPBABootEnabled"),
                settings.isTrue("RPEEnabled") || settings.isTrue("PlatformErase"),
                capabilities.platformErase());
    }
}
