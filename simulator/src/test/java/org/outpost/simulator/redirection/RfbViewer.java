package org.outpost.simulator.redirection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A small RFB 3.8 client after RFC 6143, with the browser toolkit's rule for tiles. */
final class RfbViewer extends ByteToMessageDecoder {
    static final int ZRLE = 16;
    static final int RAW = 0;
    private static final int DESKTOP_SIZE = -223;

    private final int encoding;
    private final int bytesPerPixel;
    private final Inflater inflater = new Inflater();
    private final AtomicInteger updates = new AtomicInteger();
    private final AtomicInteger resizes = new AtomicInteger();
    private volatile boolean hold;
    private volatile String cutText = "";
    private @Nullable ChannelHandlerContext context;
    private int stage;
    private int rectangles;
    private volatile int width;
    private volatile int height;
    private volatile int[] picture = {};

    RfbViewer(int encoding, int bytesPerPixel) {
        this.encoding = encoding;
        this.bytesPerPixel = bytesPerPixel;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int updates() {
        return updates.get();
    }

    int resizes() {
        return resizes.get();
    }

    String cutText() {
        return cutText;
    }

    /** A copy of the picture, pixels as they came. */
    int[] picture() {
        return picture.clone();
    }

    int pixel(int x, int y) {
        return picture[y * width + x];
    }

    /** Asks for no more updates. */
    void hold() {
        hold = true;
    }

    void send(ByteBuf message) {
        context().writeAndFlush(message);
    }

    private ChannelHandlerContext context() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("not connected");
        }
        return ctx;
    }

    void key(int keysym) {
        send(Unpooled.buffer().writeByte(4).writeByte(1).writeShort(0).writeInt(keysym));
        send(Unpooled.buffer().writeByte(4).writeByte(0).writeShort(0).writeInt(keysym));
    }

    void click(int x, int y) {
        send(Unpooled.buffer().writeByte(5).writeByte(1).writeShort(x).writeShort(y));
        send(Unpooled.buffer().writeByte(5).writeByte(0).writeShort(x).writeShort(y));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
            throws DataFormatException {
        switch (stage) {
            case 0 -> {
                if (in.readableBytes() >= 12) {
                    assertText(in.readSlice(12).toString(StandardCharsets.US_ASCII));
                    send(Unpooled.copiedBuffer("RFB 003.008\n", StandardCharsets.US_ASCII));
                    stage = 1;
                }
            }
            case 1 -> {
                if (in.readableBytes() >= 2) {
                    require(in.readUnsignedShort() == 0x0101);
                    send(Unpooled.buffer().writeByte(1));
                    stage = 2;
                }
            }
            case 2 -> {
                if (in.readableBytes() >= 4) {
                    require(in.readInt() == 0);
                    send(Unpooled.buffer().writeByte(1));
                    stage = 3;
                }
            }
            case 3 -> init(in);
            case 4 -> message(in);
            default -> rectangle(in);
        }
    }

    private static void assertText(String version) {
        require(version.equals("RFB 003.008\n"));
    }

    private static void require(boolean right) {
        if (!right) {
            throw new IllegalStateException("the server does not keep to RFB");
        }
    }

    private void init(ByteBuf in) {
        if (in.readableBytes() < 24 || in.readableBytes() < 24 + in.getInt(in.readerIndex() + 20)) {
            return;
        }
        resize(in.readUnsignedShort(), in.readUnsignedShort());
        in.skipBytes(16);
        in.skipBytes(in.readInt());
        ByteBuf setup = Unpooled.buffer();
        if (bytesPerPixel == 1) {
            setup.writeInt(0).writeByte(8).writeByte(8).writeByte(0).writeByte(1);
            setup.writeShort(7).writeShort(7).writeShort(3);
            setup.writeByte(5).writeByte(2).writeByte(0).writeZero(3);
        }
        boolean zrle = encoding == ZRLE;
        setup.writeByte(2).writeByte(0).writeShort(zrle ? 4 : 3);
        if (zrle) {
            setup.writeInt(ZRLE);
        }
        send(setup.writeInt(RAW).writeInt(1092).writeInt(DESKTOP_SIZE));
        stage = 4;
        request(false);
    }

    private void resize(int newWidth, int newHeight) {
        picture = new int[newWidth * newHeight];
        width = newWidth;
        height = newHeight;
    }

    void request(boolean incremental) {
        send(
                Unpooled.buffer()
                        .writeByte(3)
                        .writeBoolean(incremental)
                        .writeInt(0)
                        .writeShort(width)
                        .writeShort(height));
    }

    private void message(ByteBuf in) {
        switch (in.getUnsignedByte(in.readerIndex())) {
            case 0 -> {
                if (in.readableBytes() >= 4) {
                    rectangles = in.skipBytes(2).readUnsignedShort();
                    require(rectangles > 0); // the browser toolkit stumbles over none
                    stage = 5;
                }
            }
            case 3 -> {
                if (in.readableBytes() >= 8
                        && in.readableBytes() >= 8 + in.getInt(in.readerIndex() + 4)) {
                    int length = in.skipBytes(4).readInt();
                    cutText = in.readSlice(length).toString(StandardCharsets.ISO_8859_1);
                }
            }
            default -> require(false);
        }
    }

    private void rectangle(ByteBuf in) throws DataFormatException {
        if (in.readableBytes() < 12) {
            return;
        }
        int at = in.readerIndex();
        int x = in.getUnsignedShort(at);
        int y = in.getUnsignedShort(at + 2);
        int w = in.getUnsignedShort(at + 4);
        int h = in.getUnsignedShort(at + 6);
        int kind = in.getInt(at + 8);
        if (kind == DESKTOP_SIZE) {
            in.skipBytes(12);
            resize(w, h);
            resizes.incrementAndGet();
            request(false);
            done();
            return;
        }
        require(w >= 1 && w <= 64 && h >= 1 && h <= 64);
        if (kind == RAW) {
            int length = w * h * bytesPerPixel;
            if (in.readableBytes() >= 12 + length) {
                byte[] data = new byte[length];
                in.skipBytes(12).readBytes(data);
                raw(new Pixels(data), x, y, w, h);
                done();
            }
            return;
        }
        require(kind == ZRLE);
        if (in.readableBytes() < 16 || in.readableBytes() < 16 + in.getInt(at + 12)) {
            return;
        }
        byte[] data = new byte[in.skipBytes(12).readInt()];
        in.readBytes(data);
        tile(new Pixels(inflate(data)), x, y, w, h);
        done();
    }

    private byte[] inflate(byte[] data) throws DataFormatException {
        inflater.setInput(data);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] piece = new byte[4096];
        for (int n = inflater.inflate(piece); n > 0; n = inflater.inflate(piece)) {
            out.write(piece, 0, n);
        }
        return out.toByteArray();
    }

    private void done() {
        if (--rectangles == 0) {
            stage = 4;
            updates.incrementAndGet();
            if (!hold) {
                request(true);
            }
        }
    }

    private final class Pixels {
        private final byte[] bytes;
        private int at;

        Pixels(byte[] bytes) {
            this.bytes = bytes;
        }

        int octet() {
            return bytes[at++] & 0xFF;
        }

        int pixel() {
            int low = octet();
            return bytesPerPixel == 1 ? low : low | octet() << 8;
        }

        void end() {
            require(at == bytes.length);
        }
    }

    private void raw(Pixels pixels, int x, int y, int w, int h) {
        for (int i = 0; i < w * h; i++) {
            put(x + i % w, y + i / w, pixels.pixel());
        }
        pixels.end();
    }

    private void tile(Pixels pixels, int x, int y, int w, int h) {
        int kind = pixels.octet();
        if (kind == 0) {
            raw(pixels, x, y, w, h);
            return;
        }
        require(kind <= 16);
        int[] palette = new int[kind];
        for (int i = 0; i < kind; i++) {
            palette[i] = pixels.pixel();
        }
        int bits = kind == 1 ? 0 : kind == 2 ? 1 : kind <= 4 ? 2 : 4;
        for (int row = 0; row < h; row++) {
            int held = 0;
            int left = 0;
            for (int column = 0; column < w; column++) {
                if (bits > 0 && left == 0) {
                    held = pixels.octet();
                    left = 8;
                }
                left -= bits;
                put(x + column, y + row, palette[held >> left & (1 << bits) - 1]);
            }
        }
        pixels.end();
    }

    private void put(int x, int y, int pixel) {
        picture[y * width + x] = pixel;
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        inflater.end();
    }
}
