package org.outpost.amt.redirection.ider;

import io.netty.buffer.ByteBuf;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** An image in a file, opened for reading only. */
public final class FileImage implements DiskImage {
    private final FileChannel file;
    private final long size;

    private FileImage(FileChannel file, long size) {
        this.file = file;
        this.size = size;
    }

    /**
     * Opens a file. Blocks.
     *
     * @throws IOException when it cannot be read
     */
    public static FileImage open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new FileImage(file, file.size());
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, ByteBuf into) throws IOException {
        long at = position;
        while (into.isWritable()) {
            int count = into.writeBytes(file, at, into.writableBytes());
            if (count < 0) {
                throw new EOFException("the image has become shorter");
            }
            at += count;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
