package org.outpost.amt.redirection.ider;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * Data of the medium on its way to the host, piece by piece, as fast as the channel takes it and
 * the file gives it.
 */
final class Transfer {
    /** How a step went. */
    enum Step {
        /** All is sent. */
        DONE,
        /** The channel takes no more for now. */
        CHANNEL_FULL,
        /** The file has not been read so far. */
        FILE_AWAITED,
        /** The file cannot be read. */
        FILE_FAILED
    }

    private final ScsiDrive drive;
    private final ReadAhead medium;
    private final boolean dma;
    private final long end;
    private long position;

    Transfer(ScsiDrive drive, ReadAhead medium, boolean dma, ScsiAnswer.Read read) {
        this.drive = drive;
        this.medium = medium;
        this.dma = dma;
        this.position = read.position();
        this.end = read.position() + read.length();
    }

    ScsiDrive drive() {
        return drive;
    }

    /**
     * Sends what can be sent; flushing is for the caller.
     *
     * @param largest most bytes of a piece, from 1
     * @param again run when a file that is awaited has been read
     */
    Step send(Channel channel, IderWriter writer, int largest, Runnable again) {
        while (position < end) {
            if (!channel.isWritable()) {
                return Step.CHANNEL_FULL;
            }
            ReadAhead.Part part = medium.at(position);
            if (part.failure() != null) {
                medium.forget(position);
                return Step.FILE_FAILED;
            }
            if (!part.isSettled()) {
                part.whenSettled(again);
                return Step.FILE_AWAITED;
            }
            int offset = (int) (position % ReadAhead.PART);
            int length = (int) Math.min(Math.min(largest, ReadAhead.PART - offset), end - position);
            int blockSize = drive.kind().blockSize();
            if (length > blockSize) {
                length -= length % blockSize;
            }
            ByteBuf piece = part.slice(offset, length);
            position += length;
            writer.data(drive.kind(), dma, piece, position == end);
        }
        return Step.DONE;
    }
}
