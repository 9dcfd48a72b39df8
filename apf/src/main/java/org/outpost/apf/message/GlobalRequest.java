package org.outpost.apf.message;

/** GLOBAL_REQUEST (80), told apart by its request name (apf.md section 2.7). */
public sealed interface GlobalRequest extends ApfMessage
        permits TcpipForward, CancelTcpipForward, UdpSendTo, UnknownGlobalRequest {
    /** Whether the sender asks for REQUEST_SUCCESS or REQUEST_FAILURE. */
    boolean wantReply();
}
