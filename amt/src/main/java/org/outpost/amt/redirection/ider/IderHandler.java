package org.outpost.amt.redirection.ider;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.outpost.amt.redirection.RedirectionException;
import org.outpost.amt.redirection.RedirectionFailure;
import org.outpost.amt.redirection.codec.RedirectionProtocolException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The console's end of an IDE-R session: opens it, arms the drives, answers the host's commands.
 */
final class IderHandler extends ChannelDuplexHandler {
    private static final Logger LOG = LoggerFactory.getLogger(IderHandler.class);
    private static final int LARGEST_BUFFER = 8192;
    private static final int SET_STATE = 3;
    private static final int DONE = 1;
    private static final int MOST_WAITING = 4;
    private static final long GOODBYE_MILLIS = 1000;
    private static final long ANSWER_SECONDS = 10;

    private final IderSettings settings;
    private final Map<DriveKind, ScsiDrive> drives = new EnumMap<>(DriveKind.class);
    private final Map<DriveKind, ReadAhead> media = new EnumMap<>(DriveKind.class);
    private final IderListener listener;
    private final IderCounters counters = new IderCounters();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final Queue<Transfer> waiting = new ArrayDeque<>();
    private State state = State.OPENING;
    private @Nullable Transfer current;
    private @Nullable ChannelHandlerContext context;
    private @Nullable IderWriter writer;
    private @Nullable Future<?> timer;
    private int largestPiece = LARGEST_BUFFER;
    private boolean sending;
    private boolean waitsForChannel;
    private boolean ended;

    private enum State {
        OPENING,
        ARMING,
        SERVING,
        CLOSING
    }

    /**
     * For one session.
     *
     * @param media what is read from each drive; a drive without is empty
     */
    IderHandler(IderSettings settings, Map<DriveKind, ReadAhead> media, IderListener listener) {
        this.settings = settings;
        this.media.putAll(media);
        this.listener = listener;
        for (DriveKind kind : DriveKind.values()) {
            ReadAhead medium = media.get(kind);
            drives.put(kind, new ScsiDrive(kind, medium == null ? 0 : medium.size()));
        }
    }

    CompletableFuture<Void> opened() {
        return opened;
    }

    IderStatistics statistics() {
        return counters.snapshot();
    }

    boolean isOpen() {
        return state != State.OPENING;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        writer = new IderWriter(ctx);
    }

    /** Opens the session; on the loop, once nothing of the sign-in is on the channel. */
    void start() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("on no channel");
        }
        timer =
                ctx.executor()
                        .schedule(
                                () -> fail(ctx, RedirectionFailure.TIMED_OUT),
                                ANSWER_SECONDS,
                                TimeUnit.SECONDS);
        requireWriter().open(settings);
        ctx.channel().config().setAutoRead(true);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        IderWriter out = requireWriter();
        switch (message) {
            case IderMessage.OpenReply reply -> open(ctx, reply);
            case IderMessage.FeatureStatus status -> armed(ctx, status);
            case IderMessage.Command command -> execute(ctx, command);
            case IderMessage.ResetOccurred reset -> reset(out);
            case IderMessage.Ping() -> out.pong();
            case IderMessage.Closed() -> {
                end(state == State.CLOSING ? IderEnd.CLOSED_HERE : IderEnd.DEVICE_ENDED);
                ctx.close();
            }
            case IderMessage.Failed(int status) ->
                    LOG.info("the device reports IDE-R error {}", status);
            case IderMessage.Alive() -> {}
            case IderMessage.WriteData() ->
                    throw new RedirectionProtocolException("data to write that nobody asked for");
            default -> ReferenceCountUtil.release(message);
        }
    }

    private void open(ChannelHandlerContext ctx, IderMessage.OpenReply reply) {
        if (reply.protocol() != 0
                || reply.readBuffer() < 1
                || reply.readBuffer() > LARGEST_BUFFER
                || reply.writeBuffer() > LARGEST_BUFFER) {
            throw new RedirectionProtocolException(
                    "IDE-R protocol %d with buffers of %d and %d bytes (known: 0 with 1 to 8192)"
                            .formatted(reply.protocol(), reply.readBuffer(), reply.writeBuffer()));
        }
        largestPiece = reply.readBuffer();
        state = State.ARMING;
        requireWriter().setState(settings.attach().value());
        cancel(timer);
        long half = settings.heartbeat().toMillis() / 2;
        timer =
                ctx.executor()
                        .scheduleAtFixedRate(
                                () -> requireWriter().heartbeat(),
                                half,
                                half,
                                TimeUnit.MILLISECONDS);
    }

    private void armed(ChannelHandlerContext ctx, IderMessage.FeatureStatus status) {
        if (state != State.ARMING || status.type() != SET_STATE) {
            return;
        }
        if (status.value() == DONE) {
            serve();
        } else {
            end(IderEnd.ATTACH_REFUSED);
            fail(ctx, RedirectionFailure.NOT_ALLOWED);
        }
    }

    /** A host may begin to read before the answer to the arming is here. */
    private void serve() {
        if (state == State.ARMING) {
            state = State.SERVING;
            listener.attached();
            opened.complete(null);
        }
    }

    private void execute(ChannelHandlerContext ctx, IderMessage.Command command) {
        serve();
        counters.command();
        DriveKind kind = command.drive();
        ScsiDrive drive = drives.get(kind);
        if (drive == null) {
            throw new IllegalStateException("no drive for " + kind);
        }
        IderWriter out = requireWriter();
        switch (drive.answer(ByteBuffer.wrap(command.cdb().toArray()))) {
            case ScsiAnswer.Good() -> out.good(kind);
            case ScsiAnswer.Check check -> {
                if (check.equals(ScsiAnswer.Check.WRITE_PROTECTED)) {
                    counters.writeRefused();
                }
                out.check(kind, check);
            }
            case ScsiAnswer.Data data -> out.data(kind, command.dma(), data.bytes());
            case ScsiAnswer.Ejected() -> {
                out.good(kind);
                listener.ejected(kind);
            }
            case ScsiAnswer.Read read -> {
                counters.read(kind, read.length());
                enqueue(ctx, new Transfer(drive, medium(kind), command.dma(), read));
            }
        }
    }

    private ReadAhead medium(DriveKind kind) {
        ReadAhead medium = media.get(kind);
        if (medium == null) {
            throw new IllegalStateException("an empty drive has nothing to read");
        }
        return medium;
    }

    private void enqueue(ChannelHandlerContext ctx, Transfer transfer) {
        if (waiting.size() == MOST_WAITING) {
            throw new RedirectionProtocolException(
                    "more than %d reads at once".formatted(MOST_WAITING));
        }
        waiting.add(transfer);
        if (current == null) {
            send(ctx);
        }
    }

    private void send(ChannelHandlerContext ctx) {
        if (sending) {
            return; // a flush below reports that the channel takes more
        }
        sending = true;
        boolean going = true;
        while (going) {
            Transfer transfer = current == null ? waiting.poll() : current;
            current = transfer;
            going = transfer != null && step(ctx, transfer);
        }
        ctx.flush();
        sending = false;
        if (current != null && waitsForChannel && ctx.channel().isWritable()) {
            // what the flush let through may have made room without a further event
            ctx.executor().execute(() -> resume(ctx));
        }
    }

    /** False when the transfer has to wait. */
    private boolean step(ChannelHandlerContext ctx, Transfer transfer) {
        IderWriter out = requireWriter();
        Runnable again =
                () -> {
                    if (current == transfer) {
                        send(ctx);
                    }
                };
        Transfer.Step result = transfer.send(ctx.channel(), out, largestPiece, again);
        waitsForChannel = result == Transfer.Step.CHANNEL_FULL;
        switch (result) {
            case DONE -> current = null;
            case FILE_FAILED -> {
                LOG.warn("an image for IDE-R cannot be read");
                out.check(transfer.drive().kind(), ScsiAnswer.Check.READ_ERROR);
                current = null;
            }
            case FILE_AWAITED -> counters.waited();
            case CHANNEL_FULL -> {}
        }
        return current == null;
    }

    private void resume(ChannelHandlerContext ctx) {
        if (current != null && waitsForChannel && ctx.channel().isActive()) {
            send(ctx);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        boolean writable = ctx.channel().isWritable();
        // answers that nobody takes must not pile up
        ctx.channel().config().setAutoRead(writable);
        if (writable) {
            resume(ctx);
        }
        ctx.fireChannelWritabilityChanged();
    }

    private void reset(IderWriter out) {
        counters.reset();
        current = null;
        waiting.clear();
        out.resetDone();
        listener.reset();
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (state == State.OPENING || state == State.CLOSING || !ctx.channel().isActive()) {
            ctx.close(promise);
            return;
        }
        state = State.CLOSING;
        current = null;
        waiting.clear();
        requireWriter().close();
        Future<?> patience =
                ctx.executor().schedule(() -> ctx.close(), GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
        ctx.channel()
                .closeFuture()
                .addListener(
                        closed -> {
                            patience.cancel(false);
                            promise.trySuccess();
                        });
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end(state == State.CLOSING ? IderEnd.CLOSED_HERE : IderEnd.CONNECTION_LOST);
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        end(IderEnd.CONNECTION_LOST);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof RedirectionProtocolException) {
            LOG.info("IDE-R: {}", cause.getMessage());
            fail(ctx, RedirectionFailure.PROTOCOL_ERROR);
            end(IderEnd.PROTOCOL_ERROR);
        }
        state = State.CLOSING; // no goodbye to a connection that broke
        ctx.close();
    }

    private void fail(ChannelHandlerContext ctx, RedirectionFailure failure) {
        if (opened.completeExceptionally(new RedirectionException(failure))) {
            state = State.CLOSING;
            ctx.close();
        }
    }

    private void end(IderEnd reason) {
        if (ended) {
            return;
        }
        ended = true;
        cancel(timer);
        current = null;
        waiting.clear();
        media.values().forEach(ReadAhead::close);
        boolean wasOpen = opened.isDone() && !opened.isCompletedExceptionally();
        if (!wasOpen) {
            opened.completeExceptionally(
                    new RedirectionException(
                            reason == IderEnd.ATTACH_REFUSED
                                    ? RedirectionFailure.NOT_ALLOWED
                                    : RedirectionFailure.CONNECTION_LOST));
        }
        listener.ended(reason, counters.snapshot());
    }

    private IderWriter requireWriter() {
        IderWriter made = writer;
        if (made == null) {
            throw new IllegalStateException("on no channel");
        }
        return made;
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
