package org.outpost.simulator.redirection.kvm;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import java.nio.charset.StandardCharsets;

/** Commands that come as cut text (redirection.md §4.2, extensions); other cut text is dropped. */
final class KvmExtensions {
    private static final String DATA_CHANNEL = "\0KvmDataChannel\0";
    private static final String COMMAND = "\0KvmExtCmd\0";
    private static final int GET_DECIMATION = 1;
    private static final int SET_DECIMATION = 2;
    private static final int GET_COMPRESSION = 3;
    private static final int SET_COMPRESSION = 4;

    private int decimation = 2;
    private int compression = 1;

    /** A whole ServerCutText message, or nothing. */
    ByteBuf answer(ByteBuf text, ByteBufAllocator allocator) {
        String said = text.toString(StandardCharsets.ISO_8859_1);
        if (said.startsWith(DATA_CHANNEL)) {
            return cutText(DATA_CHANNEL, allocator);
        }
        if (!said.startsWith(COMMAND) || said.length() == COMMAND.length()) {
            return allocator.buffer(0);
        }
        int command = said.charAt(COMMAND.length());
        int value = said.length() > COMMAND.length() + 1 ? said.charAt(COMMAND.length() + 1) : 0;
        int result =
                switch (command) {
                    case GET_DECIMATION -> decimation;
                    case SET_DECIMATION -> {
                        decimation = value;
                        yield value;
                    }
                    case GET_COMPRESSION -> compression;
                    case SET_COMPRESSION -> {
                        compression = value;
                        yield value;
                    }
                    default -> -1;
                };
        return result < 0
                ? allocator.buffer(0)
                : cutText(COMMAND + (char) command + (char) result, allocator);
    }

    private static ByteBuf cutText(String text, ByteBufAllocator allocator) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuf message = allocator.buffer(8 + bytes.length).writeByte(3).writeZero(3);
        return message.writeInt(bytes.length).writeBytes(bytes);
    }
}
