package org.outpost.simulator.redirection.ider;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

import org.jspecify.annotations.Nullable;
import org.outpost.simulator.machine.BootPlan;
import org.outpost.simulator.machine.BootResult;
import org.outpost.simulator.machine.BootSource;
import org.outpost.simulator.machine.Machine;
import org.outpost.simulator.machine.MachineListener;
import org.outpost.simulator.machine.RedirectedMedia;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The device's end of an IDE-R session (redirection.md §3): arms the drives, sends the host's
 * commands and takes the answers. It is strict: a wrong sequence number, length or flag ends the
 * session, which is what shows that a console is right.
 */
public final class IderHandler extends ByteToMessageDecoder implements DriveBus, RedirectedMedia {
    private static final Logger LOG = LoggerFactory.getLogger(IderHandler.class);
    private static final int BUFFER = 8192;
    private static final int ENABLE = 1;
    private static final int WHEN = 0x18;
    private static final int AT_RESET = 0x08;
    private static final int GRACEFUL = 0x10;
    private static final int SILENT_INTERVALS = 3;
    private static final int COMMAND_SECONDS = 20;

    private final Machine machine;
    private final DriveExercise exercise;
    private final MachineListener follower = new Follower();
    private @Nullable ChannelHandlerContext context;
    private @Nullable PendingCommand pending;
    private @Nullable Future<?> heartbeat;
    private @Nullable Runnable onIdle;
    private @Nullable Consumer<BootResult> boot;
    private long incoming;
    private long outgoing;
    private int silentIntervals;
    private boolean open;
    private boolean enabled;
    private boolean armed;
    private boolean resetting;
    private boolean over;

    /** For one session. */
    public IderHandler(Machine machine, DriveExercise exercise) {
        this.machine = machine;
        this.exercise = exercise;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (over) {
            in.skipBytes(in.readableBytes());
            return;
        }
        int type = in.getUnsignedByte(in.readerIndex());
        try {
            int length = lengthOf(type, in);
            if (length > 0 && in.readableBytes() >= length) {
                ByteBuf message = in.readSlice(length);
                long sequence = message.getUnsignedIntLE(4);
                check(
                        sequence == (incoming++ & 0xFFFF_FFFFL),
                        () -> "sequence " + sequence + " in place of " + (incoming - 1));
                silentIntervals = 0;
                handle(ctx, type, message);
            }
        } catch (Violation e) {
            LOG.info("ider of {}: {}", machine.name(), e.getMessage());
            over = true;
            ctx.close();
        }
    }

    /** Zero when more bytes are needed. */
    private int lengthOf(int type, ByteBuf in) {
        int available = in.readableBytes();
        int at = in.readerIndex();
        if (!open) {
            check(type == 0x40, () -> "message " + type + " before the session is open");
            return 18;
        }
        return switch (type) {
            case 0x42, 0x44, 0x45, 0x47, 0x4B -> 8;
            case 0x48 -> available < 9 ? 0 : in.getByte(at + 8) == 3 ? 13 : 9;
            case 0x51, 0x52 -> 31;
            case 0x54 -> {
                if (available < 11) {
                    yield 0;
                }
                int length = in.getUnsignedShortLE(at + 9);
                check(
                        length <= BUFFER,
                        () -> length + " bytes in one message, more than " + BUFFER);
                yield 34 + length;
            }
            default -> throw new Violation("message %02x is not of a console".formatted(type));
        };
    }

    private void handle(ChannelHandlerContext ctx, int type, ByteBuf message) {
        switch (type) {
            case 0x40 -> open(ctx, message);
            case 0x42 -> {
                over = true;
                ctx.writeAndFlush(header(ctx, 0x43, 0)).addListener(ChannelFutureListener.CLOSE);
            }
            case 0x44 -> ctx.writeAndFlush(header(ctx, 0x45, 0));
            case 0x47 -> resetDone();
            case 0x48 -> features(ctx, message);
            case 0x51 -> status(message);
            case 0x52 -> give(ctx, message);
            case 0x54 -> data(ctx, message);
            default -> {
                // a pong or a heartbeat: that it came is all that counts
            }
        }
    }

    private void open(ChannelHandlerContext ctx, ByteBuf message) {
        open = true;
        int interval = Math.max(1000, message.getUnsignedShortLE(12));
        check(message.getIntLE(14) == 1, () -> "a version that is not 1");
        ByteBuf reply = header(ctx, 0x41, 0);
        reply.writeByte(1).writeByte(0).writeByte(12).writeByte(0).writeZero(4);
        reply.writeShortLE(BUFFER).writeShortLE(BUFFER).writeZero(5).writeIntLE(0x157).writeByte(0);
        ctx.writeAndFlush(reply);
        heartbeat =
                ctx.executor()
                        .scheduleAtFixedRate(
                                () -> beat(ctx), interval, interval, TimeUnit.MILLISECONDS);
        machine.listen(follower);
        machine.media(this);
    }

    private void beat(ChannelHandlerContext ctx) {
        if (++silentIntervals > SILENT_INTERVALS) {
            LOG.info("ider of {}: console is silent", machine.name());
            ctx.close();
        } else {
            ctx.writeAndFlush(header(ctx, 0x44, 0));
        }
    }

    private void features(ChannelHandlerContext ctx, ByteBuf message) {
        int type = message.getByte(8);
        int value =
                switch (type) {
                    case 1 -> 1;
                    case 2 -> enabled ? 2 : 0;
                    case 3 -> {
                        arm(message.getIntLE(9));
                        yield 1;
                    }
                    default -> throw new Violation("feature type %d".formatted(type));
                };
        ctx.writeAndFlush(header(ctx, 0x49, 0).writeByte(type).writeIntLE(value));
    }

    private void arm(int value) {
        boolean on = (value & ENABLE) != 0;
        switch (value & WHEN) {
            case AT_RESET -> armed = on;
            case GRACEFUL -> whenIdle(() -> enable(on));
            default -> enable(on);
        }
    }

    private void whenIdle(Runnable step) {
        if (pending == null) {
            step.run();
        } else {
            onIdle = step;
        }
    }

    private void enable(boolean on) {
        armed = false;
        boolean appears = on && !enabled;
        enabled = on;
        if (appears) {
            // The reply to the console goes first.
            ChannelHandlerContext ctx = requireContext();
            ctx.executor().execute(() -> whenIdle(this::lookAtDrives));
        }
    }

    /** What a host does when drives appear. */
    private void lookAtDrives() {
        if (enabled && boot == null) {
            new DriveProbe(this)
                    .probe(Drive.FLOPPY)
                    .thenCompose(
                            floppy -> {
                                LOG.info("{}: floppy drive: {}", machine.name(), floppy.text());
                                return new DriveProbe(this).probe(Drive.CD);
                            })
                    .whenComplete(
                            (cd, failure) ->
                                    LOG.info(
                                            "{}: CD drive: {}",
                                            machine.name(),
                                            failure == null ? cd.text() : failure.getMessage()));
        }
    }

    @Override
    public void boot(BootSource source, Consumer<BootResult> result) {
        if (!enabled) {
            result.accept(new BootResult.NotBootable("Redirected drive: not connected"));
            return;
        }
        boot = result;
        whenIdle(
                () ->
                        new RemoteBoot(this, exercise)
                                .boot(Drive.of(source))
                                .exceptionally(
                                        failure ->
                                                new BootResult.NotBootable(
                                                        "Redirected drive: " + reason(failure)))
                                .thenAccept(this::booted));
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private void booted(BootResult result) {
        LOG.info("{}: boot from a redirected drive: {}", machine.name(), result);
        Consumer<BootResult> waiting = boot;
        boot = null;
        if (waiting != null) {
            waiting.accept(result);
        }
    }

    @Override
    public CompletableFuture<ScsiReply> execute(Drive drive, byte[] cdb, boolean dma) {
        return send(drive, cdb, dma, false);
    }

    @Override
    public CompletableFuture<ScsiReply> executeAndReset(Drive drive, byte[] cdb) {
        return send(drive, cdb, false, true);
    }

    private CompletableFuture<ScsiReply> send(
            Drive drive, byte[] cdb, boolean dma, boolean resetAtData) {
        ChannelHandlerContext ctx = requireContext();
        if (over || !ctx.channel().isActive()) {
            return CompletableFuture.failedFuture(new IOException("the session has ended"));
        }
        if (pending != null) {
            throw new IllegalStateException("a command is out already");
        }
        PendingCommand command = new PendingCommand(drive, dma, resetAtData, ctx);
        pending = command;
        ByteBuf message = header(ctx, 0x50, 0);
        message.writeByte(0).writeByte(dma ? 1 : 0).writeZero(2).writeShortLE(BUFFER);
        message.writeByte(drive.device()).writeByte(0xA0).writeBytes(cdb);
        ctx.writeAndFlush(message);
        command.expireAfter(COMMAND_SECONDS);
        return command.reply();
    }

    private void status(ByteBuf message) {
        PendingCommand command = expected();
        boolean good = message.getUnsignedByte(20) == 0xC5;
        check(
                good
                        ? message.getUnsignedByte(27) == 0x50
                        : message.getUnsignedByte(20) == 0x87
                                && message.getUnsignedByte(27) == 0x51,
                () -> "malformed end of a command");
        check((message.getByte(3) & 2) != 0, () -> "end of a command without the completed flag");
        if (!resetting) {
            finish(
                    command,
                    good
                            ? new ScsiReply.Good()
                            : new ScsiReply.Check(
                                    message.getUnsignedByte(28),
                                    message.getUnsignedByte(29),
                                    message.getUnsignedByte(30)));
        }
    }

    private void data(ChannelHandlerContext ctx, ByteBuf message) {
        PendingCommand command = expected();
        command.add(message);
        if (resetting) {
            return;
        }
        if (command.isReset()) {
            reset(ctx);
        } else if ((message.getByte(3) & 2) != 0) {
            finish(command, new ScsiReply.Data(command.data()));
        }
    }

    /** The console wants what is to be written; it will refuse it nevertheless. */
    private void give(ChannelHandlerContext ctx, ByteBuf message) {
        expected();
        int length = Math.min(BUFFER, message.getUnsignedShortLE(9));
        ByteBuf data = header(ctx, 0x53, 0).writeByte(0).writeShortLE(length).writeZero(3);
        ctx.writeAndFlush(data.writeZero(length));
    }

    private PendingCommand expected() {
        PendingCommand command = pending;
        if (command == null) {
            throw new Violation("an answer without a command");
        }
        return command;
    }

    private void finish(PendingCommand command, ScsiReply reply) {
        pending = null;
        command.finish(reply);
        Runnable step = onIdle;
        if (step != null && pending == null) {
            onIdle = null;
            step.run();
        }
    }

    private void reset(ChannelHandlerContext ctx) {
        resetting = true;
        ctx.writeAndFlush(header(ctx, 0x46, 0).writeByte(3));
    }

    private void resetDone() {
        check(resetting, () -> "answer to a reset that was not");
        resetting = false;
        PendingCommand command = pending;
        if (command != null) {
            finish(command, new ScsiReply.Reset());
        }
    }

    private ByteBuf header(ChannelHandlerContext ctx, int type, int attributes) {
        ByteBuf message = ctx.alloc().buffer(64);
        return message.writeByte(type)
                .writeShort(0)
                .writeByte(attributes)
                .writeIntLE((int) outgoing++);
    }

    private ChannelHandlerContext requireContext() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("on no channel");
        }
        return ctx;
    }

    private static void check(boolean right, Supplier<String> otherwise) {
        if (!right) {
            throw new Violation(otherwise.get());
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        over = true;
        Future<?> timer = heartbeat;
        if (timer != null) {
            timer.cancel(false);
            machine.ignore(follower);
            machine.media(null);
        }
        PendingCommand command = pending;
        pending = null;
        if (command != null) {
            command.fail(new IOException("the session has ended"));
        }
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        in.skipBytes(in.readableBytes());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("ider: connection failed", cause);
        ctx.close();
    }

    private final class Follower implements MachineListener {
        @Override
        public void postStarted(BootPlan plan) {
            boot = null;
            if (pending != null && !resetting) {
                reset(requireContext());
            }
            if (armed) {
                whenIdle(() -> enable(true));
            }
        }
    }

    /** The console broke the protocol. */
    static final class Violation extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Violation(String message) {
            super(message);
        }
    }
}
