package org.outpost.server.configuration;

import org.outpost.server.configuration.binding.Subnet;

import java.net.InetAddress;
import java.util.function.BiConsumer;

/** What must fit together where a load balancer or a TLS terminator stands in front. */
final class BehindOthers {
    private final BiConsumer<String, String> note;

    /**
     * @param note takes the path of a key, and what is wrong there
     */
    BehindOthers(BiConsumer<String, String> note) {
        this.note = note;
    }

    void check(String path, TunnelListener listener) {
        check(path, listener.proxyProtocol());
        if (listener.tls() == TlsProfile.NONE
                && listener.allow().isEmpty()
                && !listener.address().stream().allMatch(InetAddress::isLoopbackAddress)) {
            note.accept(
                    path + ".tls",
                    "\"none\" on an address that others reach would let anybody read the devices'"
                            + " passwords; write \"allow: [ADDRESS]\" beside it with the addresses"
                            + " of the terminators in front, or leave \"address\" out");
        }
        for (int i = 0; i < listener.proxyProtocol().from().size(); i++) {
            Subnet one = listener.proxyProtocol().from().get(i);
            if (!listener.allow().isEmpty()
                    && listener.allow().stream().noneMatch(allowed -> allowed.overlaps(one))) {
                note.accept(
                        path + ".proxy-protocol.from[" + i + "]",
                        one + " may not connect at all; write it into \"allow\" too");
            }
        }
    }

    void check(String path, ProxyProtocolSettings settings) {
        if (!settings.hasGoodTlv()) {
            note.accept(
                    path + ".proxy-protocol.certificate-tlv",
                    settings.certificateTlv()
                            + " is not a type for own use; write 224 to 239, or 0 for none");
        }
    }
}
