package org.outpost.server.web.relay;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.redirection.RedirectionKind;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * What a browser asks for in the address of its WebSocket, as Open DMT's MPS has it: {@code
 * ?p=2&host=UUID&port=16994&tls=0&tls1only=0&mode=kvm}. Whether the device is spoken to in TLS is
 * decided by the device, so port and tls are looked at and not obeyed.
 *
 * @param device the device
 * @param kind of session
 * @param marker whether the console knows the byte F0 that says that it is recorded; {@code
 *     marker=1}. Open DMT's toolkit does not, and gives up when it comes
 */
record RelayQuery(UUID device, RedirectionKind kind, boolean marker) {
    /**
     * Reads the parameters.
     *
     * @param parameter the value of a parameter; null when there is none
     * @return empty when it asks for something else than the redirection of a device
     */
    static Optional<RelayQuery> of(Function<String, @Nullable String> parameter) {
        String host = parameter.apply("host");
        String mode = parameter.apply("mode");
        String port = parameter.apply("port");
        if (host == null
                || mode == null
                || host.length() != 36
                || (port != null && !port.equals("16994") && !port.equals("16995"))) {
            return Optional.empty();
        }
        try {
            UUID device = UUID.fromString(host);
            boolean marker = "1".equals(parameter.apply("marker"));
            return RedirectionKind.ofLabel(mode).map(kind -> new RelayQuery(device, kind, marker));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
