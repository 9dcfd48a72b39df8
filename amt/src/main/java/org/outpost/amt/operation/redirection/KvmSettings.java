package org.outpost.amt.operation.redirection;

import org.outpost.amt.xml.Element;

import java.util.OptionalInt;

/**
 * IPS_KVMRedirectionSettingData (wsman.md section 7).
 *
 * @param enabledInMebx whether the machine's own set-up allows KVM
 * @param port5900 whether the plain VNC port is open
 * @param consent whether the user has to agree
 * @param consentTimeout seconds until the code is void
 * @param sessionTimeout minutes until an idle session ends
 * @param defaultScreen which display is shown first
 */
public record KvmSettings(
        boolean enabledInMebx,
        boolean port5900,
        boolean consent,
        OptionalInt consentTimeout,
        OptionalInt sessionTimeout,
        OptionalInt defaultScreen) {
    static KvmSettings of(Element read) {
        return new KvmSettings(
                read.isTrue("EnabledByMEBx"),
                read.isTrue("Is5900PortEnabled"),
                read.isTrue("OptInPolicy"),
                read.integer("OptInPolicyTimeout"),
                read.integer("SessionTimeout"),
                read.integer("DefaultScreen"));
    }
}
