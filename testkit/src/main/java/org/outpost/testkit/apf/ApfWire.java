package org.outpost.testkit.apf;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;

/**
 * Reads both directions of one APF session, however the bytes are cut (apf.md 2.2).
 *
 * <p>It keeps the queue of requests the device has made and the server has not answered, for
 * REQUEST_SUCCESS has two lengths and no id (2.8): tcpip-forward and cancel-tcpip-forward are
 * expected to be answered always, as servers do, whatever want-reply says. A stream that cannot be
 * read ends in one {@link WireMessage.Undecodable}; what follows is dropped. Reserved fields must
 * hold their values. Not safe for use by several threads.
 */
public final class ApfWire {
    private final Map<ApfSide, Stream> streams = new EnumMap<>(ApfSide.class);
    private final Queue<Boolean> unanswered = new ArrayDeque<>();

    /** A session of which no byte was seen yet. */
    public ApfWire() {
        for (ApfSide side : ApfSide.values()) {
            streams.put(side, new Stream());
        }
    }

    /** Reads all messages of bytes that stand alone, as sent by one side. */
    public static List<WireMessage> decode(ApfSide from, byte[] bytes) {
        return new ApfWire().feed(from, bytes);
    }

    /** Takes the next bytes that one side sent; returns the messages they complete. */
    public List<WireMessage> feed(ApfSide from, byte[] bytes) {
        Stream stream = stream(from);
        stream.append(bytes);
        List<WireMessage> messages = new ArrayList<>();
        while (!stream.broken && stream.buffer.hasRemaining()) {
            stream.buffer.mark();
            try {
                messages.add(next(from, stream.buffer));
            } catch (BufferUnderflowException incomplete) {
                stream.buffer.reset();
                break;
            } catch (MalformedApfException e) {
                stream.buffer.reset();
                messages.add(new WireMessage.Undecodable(reason(e), stream.takeRest()));
                stream.broken = true;
            }
        }
        return messages;
    }

    /** How many bytes of an unfinished message are held. */
    public int pending(ApfSide from) {
        return stream(from).buffer.remaining();
    }

    /** How many of the device's requests await their reply. */
    public int unansweredRequests() {
        return unanswered.size();
    }

    private Stream stream(ApfSide side) {
        return Objects.requireNonNull(streams.get(side));
    }

    private static String reason(MalformedApfException e) {
        return String.valueOf(e.getMessage());
    }

    private WireMessage next(ApfSide from, ByteBuffer in) throws MalformedApfException {
        int type = Byte.toUnsignedInt(in.get());
        WireReader reader = new WireReader(in);
        WireMessage message = type == 81 ? success(from, reader) : reader.message(type);
        remember(from, message);
        return message;
    }

    private WireMessage success(ApfSide from, WireReader reader) throws MalformedApfException {
        Boolean forward = unanswered.peek();
        if (from == ApfSide.DEVICE || forward == null) {
            throw new MalformedApfException("REQUEST_SUCCESS that answers no request");
        }
        return forward
                ? new WireMessage.ForwardSuccess(reader.u32())
                : new WireMessage.CancelSuccess();
    }

    private void remember(ApfSide from, WireMessage message) {
        switch (message) {
            case WireMessage.TcpipForward _ when from == ApfSide.DEVICE -> unanswered.add(true);
            case WireMessage.CancelTcpipForward _ when from == ApfSide.DEVICE ->
                    unanswered.add(false);
            case WireMessage.ForwardSuccess _, WireMessage.CancelSuccess _ -> unanswered.poll();
            case WireMessage.RequestFailure _ when from == ApfSide.SERVER -> unanswered.poll();
            default -> {
                // no other message makes or answers a request
            }
        }
    }

    private static final class Stream {
        private ByteBuffer buffer = ByteBuffer.allocate(0);
        private boolean broken;

        void append(byte[] bytes) {
            if (broken) {
                return;
            }
            buffer =
                    ByteBuffer.allocate(buffer.remaining() + bytes.length)
                            .put(buffer)
                            .put(bytes)
                            .flip();
        }

        Octets takeRest() {
            byte[] rest = new byte[buffer.remaining()];
            buffer.get(rest);
            return Octets.of(rest);
        }
    }
}
