package org.outpost.testkit.apf;

/**
 * How a device peer serves its channels. {@link #decent()} is firmware as apf.md 4.4 guesses it.
 *
 * @param window what the server may send on a new channel, in bytes
 * @param largestData the largest payload of one CHANNEL_DATA, in bytes
 * @param channels how many channels it serves at once; more are refused with reason 4
 * @param refusedOpens how many of the first CHANNEL_OPENs it refuses
 * @param refusalReason the reason it gives for these
 * @param grants whether it gives credit back for what it consumed
 * @param answersClose whether it answers the server's CHANNEL_CLOSE
 * @param excess how many bytes it sends beyond the window the server granted, per channel
 * @param answersKeepAlive whether it answers the server's KEEPALIVE_REQUEST
 * @param answersOptions whether it answers KEEPALIVE_OPTIONS_REQUEST
 */
public record DeviceManners(
        int window,
        int largestData,
        int channels,
        int refusedOpens,
        int refusalReason,
        boolean grants,
        boolean answersClose,
        int excess,
        boolean answersKeepAlive,
        boolean answersOptions) {
    /** Firmware: 4095 bytes of window, eight channels. */
    public static DeviceManners decent() {
        return new DeviceManners(4095, 1460, 8, 0, 4, true, true, 0, true, true);
    }

    /** With another window. */
    public DeviceManners withWindow(int bytes) {
        return copy(bytes, channels, refusedOpens, refusalReason, grants, answersClose, excess);
    }

    /** Serving this many channels at once. */
    public DeviceManners withChannels(int count) {
        return copy(window, count, refusedOpens, refusalReason, grants, answersClose, excess);
    }

    /** Refusing the first opens. */
    public DeviceManners refusing(int opens, int reason) {
        return copy(window, channels, opens, reason, grants, answersClose, excess);
    }

    /** Never giving credit back. */
    public DeviceManners withoutGrants() {
        return copy(window, channels, refusedOpens, refusalReason, false, answersClose, excess);
    }

    /** Never answering a close. */
    public DeviceManners ignoringClose() {
        return copy(window, channels, refusedOpens, refusalReason, grants, false, excess);
    }

    /** Sending beyond the granted window. */
    public DeviceManners exceedingWindowBy(int bytes) {
        return copy(window, channels, refusedOpens, refusalReason, grants, answersClose, bytes);
    }

    /** Answering neither keep-alives nor their options. */
    public DeviceManners deaf() {
        return new DeviceManners(
                window,
                largestData,
                channels,
                refusedOpens,
                refusalReason,
                grants,
                answersClose,
                excess,
                false,
                false);
    }

    private DeviceManners copy(
            int newWindow,
            int newChannels,
            int newRefusedOpens,
            int newReason,
            boolean newGrants,
            boolean newAnswersClose,
            int newExcess) {
        return new DeviceManners(
                newWindow,
                largestData,
                newChannels,
                newRefusedOpens,
                newReason,
                newGrants,
                newAnswersClose,
                newExcess,
                answersKeepAlive,
                answersOptions);
    }
}
