package org.outpost.amt.redirection.sol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.buffer.DefaultByteBufHolder;

/** The messages of a SOL session. Each has a sequence number, which neither side enforces. */
sealed interface SolMessage {
    /** Messages that are nothing but their type and number. */
    enum Signal {
        END(0x22),
        END_REPLY(0x23),
        PING(0x24),
        PONG(0x25),
        HEARTBEAT(0x2B);

        private final int type;

        Signal(int type) {
            this.type = type;
        }

        int type() {
            return type;
        }
    }

    /** A signal of either direction. */
    record Plain(Signal signal, int sequence) implements SolMessage {}

    /** Opens the session; console to device. */
    record Start(SolSettings settings, int sequence) implements SolMessage {}

    /**
     * What the device says to that.
     *
     * @param status 0 when the session is open
     */
    record StartReply(int status, int sequence) implements SolMessage {}

    /**
     * Lines of the serial port, console to device.
     *
     * @param lines bits of {@link SolControls}
     */
    record ControlsToHost(int lines, int sequence) implements SolMessage {}

    /**
     * Lines and state of the serial port, device to console.
     *
     * @param lines 01 RTS, 02 DTR, 04 BREAK
     * @param status 01 transmit overflow, 02 loopback, 04 host powered, 08 receive flush timeout,
     *     10 test mode
     */
    record ControlsFromHost(int lines, int status, int sequence) implements SolMessage {}

    /** What the host prints. */
    final class DataFromHost extends DefaultByteBufHolder implements SolMessage {
        DataFromHost(ByteBuf content) {
            super(content);
        }

        @Override
        public ByteBufHolder replace(ByteBuf content) {
            return new DataFromHost(content);
        }
    }

    /** What is typed. */
    final class DataToHost extends DefaultByteBufHolder implements SolMessage {
        private final int sequence;

        DataToHost(ByteBuf content, int sequence) {
            super(content);
            this.sequence = sequence;
        }

        int sequence() {
            return sequence;
        }

        @Override
        public ByteBufHolder replace(ByteBuf content) {
            return new DataToHost(content, sequence);
        }
    }
}
