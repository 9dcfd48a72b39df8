package org.outpost.gateway.door;

import io.netty.channel.ConnectTimeoutException;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;

/** Why a console could not be joined to a device: one cause, one metric label, one log line. */
public enum ConnectFailure {
    /** No device that the console may see bears the name. */
    UNKNOWN("unknown"),
    /** Several devices bear the name. */
    AMBIGUOUS("ambiguous"),
    /** The device is known, but no route leads to it, or the way to it has just gone. */
    OFFLINE("offline"),
    /** The device refused the port. */
    REFUSED("refused"),
    /** The device did not answer in time. */
    TIMED_OUT("timed_out"),
    /** The address or the port may not be asked for here. */
    NOT_ALLOWED("not_allowed"),
    /** The server itself could not say: the look-up failed or took too long. */
    BUSY("busy");

    private final String label;

    ConnectFailure(String label) {
        this.label = label;
    }

    /** The value of the metric's tag and of the log's field. */
    public String label() {
        return label;
    }

    /** What a failed {@link org.outpost.gateway.route.Route#connect} means. */
    static ConnectFailure of(Throwable cause) {
        return switch (cause) {
            // Netty's timeout is a ConnectException too, so it comes first.
            case ConnectTimeoutException timeout -> TIMED_OUT;
            case TimeoutException timeout -> TIMED_OUT;
            case ConnectException refused -> REFUSED;
            case NoRouteToHostException gone -> OFFLINE;
            case ClosedChannelException gone -> OFFLINE;
            default -> BUSY;
        };
    }
}
