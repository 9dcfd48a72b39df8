package org.outpost.gateway.authentication.plugin;

import java.time.Duration;

/**
 * What a plug-in may cost.
 *
 * @param timeout how long one answer may take, waiting for a place included; after that the next
 *     authenticator is asked
 * @param concurrency how many calls run at once, 1 or more; each has a thread
 */
public record PluginLimits(Duration timeout, int concurrency) {
    public PluginLimits {
        if (!timeout.isPositive() || concurrency < 1) {
            throw new IllegalArgumentException("need timeout > 0 and concurrency >= 1");
        }
    }
}
