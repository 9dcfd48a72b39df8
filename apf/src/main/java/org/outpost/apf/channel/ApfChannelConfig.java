package org.outpost.apf.channel;

import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** {@link ApfChannelOption}s beside Netty's. May be set from any thread. */
final class ApfChannelConfig extends DefaultChannelConfig {
    private volatile long reclaimAfterIdleMillis = -1;
    private volatile int weight = 1;

    private final ApfChannel apfChannel;

    ApfChannelConfig(ApfChannel channel) {
        super(channel);
        this.apfChannel = channel;
    }

    @Override
    protected void autoReadCleared() {
        apfChannel.clearReadPending();
    }

    long reclaimAfterIdleMillis() {
        return reclaimAfterIdleMillis;
    }

    int weight() {
        return weight;
    }

    @Override
    public Map<ChannelOption<?>, Object> getOptions() {
        return getOptions(
                super.getOptions(),
                ApfChannelOption.RECLAIM_AFTER_IDLE_MILLIS,
                ApfChannelOption.WEIGHT);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable T getOption(ChannelOption<T> option) {
        if (ApfChannelOption.RECLAIM_AFTER_IDLE_MILLIS.equals(option)) {
            return (T) Long.valueOf(reclaimAfterIdleMillis);
        }
        if (ApfChannelOption.WEIGHT.equals(option)) {
            return (T) Integer.valueOf(weight);
        }
        return super.getOption(option);
    }

    @Override
    public <T> boolean setOption(ChannelOption<T> option, T value) {
        if (ApfChannelOption.RECLAIM_AFTER_IDLE_MILLIS.equals(option)) {
            reclaimAfterIdleMillis = (Long) value;
            if ((Long) value >= 0) {
                apfChannel.becameReclaimable();
            }
            return true;
        }
        if (ApfChannelOption.WEIGHT.equals(option)) {
            weight = Math.clamp((Integer) value, 1, 64);
            return true;
        }
        return super.setOption(option, value);
    }
}
