package org.outpost.server.web.relay;

import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.outpost.access.right.DeviceTraits;
import org.outpost.amt.redirection.RedirectionKind;
import org.outpost.amt.redirection.gateway.Recorded;
import org.outpost.gateway.tunnel.Presence;
import org.outpost.gateway.tunnel.TunnelInfo;
import org.outpost.inventory.label.DeviceLabel;
import org.outpost.inventory.label.DeviceLabels;
import org.outpost.server.recording.OpenRecording;
import org.outpost.server.recording.RecordingRefusedException;
import org.outpost.server.recording.Recordings;

import java.util.UUID;
import java.util.function.Function;

/**
 * Records the text consoles of those of whom a role says so, and tells them. Screens (KVM) and
 * drives are not recorded.
 */
public final class RelayRecordings {
    private static final String NOTICE = "\r\n*** This session is recorded. ***\r\n";

    private final Recordings recordings;
    private final Function<UUID, DeviceTraits> devices;
    private final Presence presence;
    private final DeviceLabels labels;

    /**
     * Records.
     *
     * @param devices what rights to a device depend on
     * @param presence knows how devices call themselves
     * @param labels how people call them
     */
    public RelayRecordings(
            Recordings recordings,
            Function<UUID, DeviceTraits> devices,
            Presence presence,
            DeviceLabels labels) {
        this.recordings = recordings;
        this.devices = devices;
        this.presence = presence;
        this.labels = labels;
    }

    /**
     * Begins the recording of somebody who was let in. Blocks.
     *
     * @return null when they are not recorded
     * @throws RelayRefusedException when they must be and cannot be
     */
    @Nullable OpenRecording begin(RelayAdmission.Admitted admitted) throws RelayRefusedException {
        UUID device = admitted.query().device();
        DeviceTraits traits = devices.apply(device);
        if (admitted.query().kind() != RedirectionKind.SOL
                || !admitted.caller().isRecorded(traits)) {
            return null;
        }
        try {
            return recordings.begin(
                    new Recordings.Subject(
                            device,
                            traits.tenant(),
                            title(device),
                            admitted.caller().user(),
                            admitted.address().getAddress().getHostAddress()));
        } catch (RecordingRefusedException e) {
            throw new RelayRefusedException(
                    HttpStatus.SERVICE_UNAVAILABLE_503,
                    "your role says that this console is recorded, and it cannot be: "
                            + e.getMessage()
                            + "; the administrator of the server can change that",
                    admitted.caller());
        }
    }

    private String title(UUID device) {
        DeviceLabel label = labels.of(device);
        if (!label.friendlyName().isEmpty()) {
            return label.friendlyName();
        }
        return presence.tunnelOf(device)
                .map(TunnelInfo::name)
                .filter(name -> !name.isEmpty())
                .orElse(label.hostName().isEmpty() ? device.toString() : label.hostName());
    }

    /** How the user hears of it. */
    static Recorded announced(@Nullable OpenRecording recording, RelayQuery query) {
        return recording == null
                ? Recorded.NOT
                : new Recorded(recording.tap(), NOTICE, query.marker());
    }
}
