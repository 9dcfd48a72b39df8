package org.outpost.simulator.redirection.kvm;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

import org.jspecify.annotations.Nullable;
import org.outpost.simulator.machine.Machine;
import org.outpost.simulator.machine.MachineListener;
import org.outpost.simulator.machine.OperatingSystem;
import org.outpost.simulator.machine.Power;
import org.outpost.simulator.machine.PowerAction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The device's end of a KVM session: 0x40, then an RFB 3.8 server as AMT's is (redirection.md §4).
 * One update request is outstanding at most; an update has at most 48 tiles, so that little waits
 * for a console that does not read.
 */
public final class KvmHandler extends ByteToMessageDecoder {
    private static final Logger LOG = LoggerFactory.getLogger(KvmHandler.class);
    private static final byte[] VERSION = "RFB 003.008\n".getBytes(StandardCharsets.US_ASCII);
    private static final int DESKTOP_SIZE = -223;
    private static final int MOST_TILES = 48;
    private static final int MOST_ENCODINGS = 64;
    private static final int LONGEST_CUT_TEXT = 64 * 1024;
    private static final long FRAME_MILLIS = 100;
    private static final int NONE = 1;

    private final Machine machine;
    private final Desktop desktop;
    private final TileEncoder encoder = new TileEncoder();
    private final Set<Integer> encodings = new HashSet<>();
    private final Set<Integer> keysDown = new HashSet<>();
    private final MachineListener follower = new Follower();
    private final Runnable screenListener;
    private final KvmExtensions extensions = new KvmExtensions();
    private Stage stage = Stage.OPENING;
    private PixelFormat format = PixelFormat.RGB565;
    private @Nullable Future<?> animation;
    private @Nullable ChannelHandlerContext context;
    private boolean requested;
    private int announcedWidth;

    private enum Stage {
        OPENING(8),
        VERSION(12),
        SECURITY(1),
        CLIENT_INIT(1),
        RUNNING(0),
        OVER(0);

        private final int length;

        Stage(int length) {
            this.length = length;
        }
    }

    /** For one session. */
    public KvmHandler(Machine machine) {
        this.machine = machine;
        this.desktop = new Desktop(machine);
        this.screenListener = this::redraw;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (stage == Stage.OVER) {
            in.skipBytes(in.readableBytes());
        } else if (stage == Stage.RUNNING) {
            message(ctx, in);
        } else if (in.readableBytes() >= stage.length) {
            greet(ctx, in.readSlice(stage.length));
        }
    }

    private void greet(ChannelHandlerContext ctx, ByteBuf message) {
        switch (stage) {
            case OPENING -> {
                if (message.readUnsignedByte() != 0x40) {
                    violated(ctx, "the session does not begin with 40");
                    return;
                }
                ctx.writeAndFlush(ctx.alloc().buffer(8).writeByte(0x41).writeZero(7));
                ctx.writeAndFlush(Unpooled.wrappedBuffer(VERSION));
                stage = Stage.VERSION;
            }
            case VERSION -> {
                if (!message.equals(Unpooled.wrappedBuffer(VERSION))) {
                    violated(ctx, "the console does not speak RFB 3.8");
                    return;
                }
                ctx.writeAndFlush(ctx.alloc().buffer(2).writeByte(1).writeByte(NONE));
                stage = Stage.SECURITY;
            }
            case SECURITY -> {
                if (message.readUnsignedByte() != NONE) {
                    violated(ctx, "a security type that was not offered");
                    return;
                }
                ctx.writeAndFlush(ctx.alloc().buffer(4).writeInt(0));
                stage = Stage.CLIENT_INIT;
            }
            default -> {
                stage = Stage.RUNNING;
                serverInit(ctx);
            }
        }
    }

    private void serverInit(ChannelHandlerContext ctx) {
        desktop.draw();
        Canvas canvas = desktop.canvas();
        announcedWidth = canvas.width();
        ByteBuf init = ctx.alloc().buffer(64);
        init.writeShort(canvas.width()).writeShort(canvas.height());
        format.describe(init);
        byte[] name = machine.name().getBytes(StandardCharsets.US_ASCII);
        ctx.writeAndFlush(init.writeInt(name.length).writeBytes(name));
        machine.listen(follower);
        machine.screen().listen(screenListener);
        animation =
                ctx.executor()
                        .scheduleAtFixedRate(
                                this::tick, FRAME_MILLIS, FRAME_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void message(ChannelHandlerContext ctx, ByteBuf in) {
        int type = in.getUnsignedByte(in.readerIndex());
        int length = lengthOf(type, in);
        if (length < 0) {
            violated(ctx, "RFB message " + type);
        } else if (length > 0 && in.readableBytes() >= length) {
            handle(ctx, type, in.readSlice(length).skipBytes(1));
        }
    }

    /** Zero when more bytes are needed, negative for what may not come. */
    private static int lengthOf(int type, ByteBuf in) {
        int available = in.readableBytes();
        int at = in.readerIndex();
        return switch (type) {
            case 0 -> 20;
            case 2 -> {
                int count = available < 4 ? 0 : in.getUnsignedShort(at + 2);
                yield available < 4 ? 0 : count > MOST_ENCODINGS ? -1 : 4 + 4 * count;
            }
            case 3 -> 10;
            case 4 -> 8;
            case 5 -> 6;
            case 6 -> {
                long text = available < 8 ? 0 : in.getUnsignedInt(at + 4);
                yield available < 8 ? 0 : text > LONGEST_CUT_TEXT ? -1 : 8 + (int) text;
            }
            default -> -1;
        };
    }

    private void handle(ChannelHandlerContext ctx, int type, ByteBuf message) {
        switch (type) {
            case 0 ->
                    PixelFormat.read(message.skipBytes(3))
                            .ifPresentOrElse(
                                    known -> {
                                        format = known;
                                        desktop.canvas().touchAll();
                                    },
                                    () -> violated(ctx, "a pixel format that AMT does not have"));
            case 2 -> encodings(ctx, message);
            case 3 -> {
                if (!message.readBoolean()) {
                    desktop.canvas().touchAll();
                }
                requested = true;
                update(ctx);
            }
            case 4 -> key(message.readBoolean(), message.skipBytes(2).readInt());
            case 5 -> {
                boolean down = (message.readUnsignedByte() & 1) != 0;
                desktop.point(message.readUnsignedShort(), message.readUnsignedShort(), down);
                update(ctx);
            }
            default -> {
                ByteBuf answer = extensions.answer(message.skipBytes(7), ctx.alloc());
                if (answer.isReadable()) {
                    ctx.writeAndFlush(answer);
                } else {
                    answer.release();
                }
            }
        }
    }

    private void encodings(ChannelHandlerContext ctx, ByteBuf message) {
        encodings.clear();
        message.skipBytes(3);
        while (message.isReadable()) {
            encodings.add(message.readInt());
        }
        if (!encodings.contains(TileEncoder.RAW)) {
            violated(ctx, "raw pixels are not among the encodings");
        }
    }

    private void key(boolean down, int keysym) {
        if (!down) {
            keysDown.remove(keysym);
            return;
        }
        keysDown.add(keysym);
        boolean control =
                keysDown.contains(Keysym.CONTROL_LEFT) || keysDown.contains(Keysym.CONTROL_RIGHT);
        boolean alt = keysDown.contains(Keysym.ALT_LEFT) || keysDown.contains(Keysym.ALT_RIGHT);
        if (control && alt && keysym == Keysym.DELETE) {
            machine.request(PowerAction.RESET);
        } else {
            desktop.type(keysym);
            changed();
        }
    }

    private void tick() {
        if (requested) {
            desktop.tick();
            changed();
        }
    }

    private void redraw() {
        desktop.draw();
        changed();
    }

    private void changed() {
        ChannelHandlerContext ctx = context;
        if (ctx != null && stage == Stage.RUNNING) {
            update(ctx);
        }
    }

    /** Answers the request that is out, once there is something new and the console takes it. */
    private void update(ChannelHandlerContext ctx) {
        Canvas canvas = desktop.canvas();
        if (!requested || !canvas.isDirty() || !ctx.channel().isWritable()) {
            return;
        }
        requested = false;
        if (announcedWidth == canvas.width()) {
            ctx.writeAndFlush(tiles(ctx, canvas));
            return;
        }
        if (!encodings.contains(DESKTOP_SIZE)) {
            violated(ctx, "the console cannot follow another resolution");
            return;
        }
        announcedWidth = canvas.width();
        ByteBuf resize = ctx.alloc().buffer(16).writeShort(0).writeShort(1).writeInt(0);
        resize.writeShort(canvas.width()).writeShort(canvas.height()).writeInt(DESKTOP_SIZE);
        ctx.writeAndFlush(resize);
    }

    private ByteBuf tiles(ChannelHandlerContext ctx, Canvas canvas) {
        ByteBuf update = ctx.alloc().buffer();
        update.writeShort(0).writeShort(0);
        int encoding = encodings.contains(TileEncoder.ZRLE) ? TileEncoder.ZRLE : TileEncoder.RAW;
        int count = 0;
        for (int tile = 0; tile < canvas.tiles() && count < MOST_TILES; tile++) {
            if (canvas.isDirty(tile)) {
                encoder.write(update, canvas, tile, format, encoding);
                canvas.clean(tile);
                count++;
            }
        }
        return update.setShort(2, count);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (stage == Stage.RUNNING) {
            update(ctx);
        }
        ctx.fireChannelWritabilityChanged();
    }

    private void violated(ChannelHandlerContext ctx, String how) {
        LOG.info("kvm of {}: {}", machine.name(), how);
        stage = Stage.OVER;
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        stage = Stage.OVER;
        machine.ignore(follower);
        machine.screen().ignore(screenListener);
        Future<?> timer = animation;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        in.skipBytes(in.readableBytes());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("kvm: connection failed", cause);
        ctx.close();
    }

    private final class Follower implements MachineListener {
        @Override
        public void powerChanged(Power before, Power after) {
            redraw();
        }

        @Override
        public void osChanged(OperatingSystem before, OperatingSystem after) {
            redraw();
        }
    }
}
