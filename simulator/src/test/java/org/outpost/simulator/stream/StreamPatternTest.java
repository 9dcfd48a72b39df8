package org.outpost.simulator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class StreamPatternTest {
    @Property
    void whatIsWrittenFromAnyPositionIsThePattern(
            @ForAll @LongRange(min = 0, max = 1L << 50) long position,
            @ForAll @IntRange(min = 0, max = 300) int length) {
        ByteBuf bytes = Unpooled.buffer();

        StreamPattern.write(bytes, position, length);

        assertThat(bytes.readableBytes()).isEqualTo(length);
        assertThat(StreamPattern.mismatch(bytes, position)).isEqualTo(-1);
        for (int i = 0; i < length; i++) {
            assertThat(bytes.getByte(i)).isEqualTo(StreamPattern.at(position + i));
        }
    }

    @Property
    void aWrongByteIsFoundWhereItIs(
            @ForAll @LongRange(min = 0, max = 1L << 50) long position,
            @ForAll @IntRange(min = 1, max = 300) int length,
            @ForAll @IntRange(min = 0, max = 299) int wrong) {
        ByteBuf bytes = Unpooled.buffer();
        StreamPattern.write(bytes, position, length);
        int index = wrong % length;
        bytes.setByte(index, bytes.getByte(index) ^ 1);

        assertThat(StreamPattern.mismatch(bytes, position)).isEqualTo(index);
    }
}
