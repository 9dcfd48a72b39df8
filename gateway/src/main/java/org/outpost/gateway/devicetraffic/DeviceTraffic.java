package org.outpost.gateway.devicetraffic;

import io.netty.channel.Channel;

import org.jspecify.annotations.Nullable;
import org.outpost.apf.channel.ChannelAcceptor;
import org.outpost.apf.channel.OpenDecision;
import org.outpost.apf.message.ChannelOpen;
import org.outpost.apf.message.OpenFailureReason;
import org.outpost.apf.message.UdpSendTo;

import java.util.function.Supplier;

/** Where devices' channels and datagrams go. */
public interface DeviceTraffic {
    /** Nowhere: every channel is refused, every datagram dropped. */
    DeviceTraffic NONE =
            (tunnel, source) ->
                    new OfTunnel() {
                        @Override
                        public OpenDecision decide(ChannelOpen open) {
                            return new OpenDecision.Refuse(
                                    OpenFailureReason.ADMINISTRATIVELY_PROHIBITED);
                        }

                        @Override
                        public void datagram(UdpSendTo request) {
                            // dropped
                        }
                    };

    /**
     * For one tunnel.
     *
     * @param tunnel its connection
     * @param source who it is; null until the device has signed in
     */
    OfTunnel of(Channel tunnel, Supplier<@Nullable DeviceSource> source);

    /** One tunnel's; only the tunnel's loop uses it. */
    interface OfTunnel extends ChannelAcceptor {
        /**
         * Takes a datagram. The caller keeps owning the message. No server answers this request,
         * whatever it asks for (apf.md section 2.8).
         */
        void datagram(UdpSendTo request);
    }
}
