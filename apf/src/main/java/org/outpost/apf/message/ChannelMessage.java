package org.outpost.apf.message;

/** A message about one channel. */
public sealed interface ChannelMessage extends ApfMessage
        permits ChannelOpen,
                ChannelOpenConfirmation,
                ChannelOpenFailure,
                ChannelWindowAdjust,
                ChannelData,
                ChannelClose {}
