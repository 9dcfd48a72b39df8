package org.outpost.gateway.socks;

import io.netty.handler.codec.socksx.v4.DefaultSocks4CommandResponse;
import io.netty.handler.codec.socksx.v4.Socks4CommandRequest;
import io.netty.handler.codec.socksx.v4.Socks4CommandStatus;
import io.netty.handler.codec.socksx.v4.Socks4CommandType;
import io.netty.handler.codec.socksx.v5.DefaultSocks5CommandResponse;
import io.netty.handler.codec.socksx.v5.Socks5AddressType;
import io.netty.handler.codec.socksx.v5.Socks5CommandRequest;
import io.netty.handler.codec.socksx.v5.Socks5CommandStatus;
import io.netty.handler.codec.socksx.v5.Socks5CommandType;

import org.jspecify.annotations.Nullable;
import org.outpost.gateway.door.ConnectFailure;

/**
 * A request of either SOCKS version, with its answers.
 *
 * <p>Replies of SOCKS 5 (RFC 1928 section 6): unknown, ambiguous and offline devices 4 (host
 * unreachable); refused by the device 5; not allowed 2; not answered in time 6 (TTL expired, which
 * clients show as a time-out); server busy or malformed 1; BIND, UDP ASSOCIATE and unknown commands
 * 7; unknown address type 8. The bound address is all zeros: the other end is a channel, not a
 * socket. SOCKS 4 knows only 91 (rejected or failed), and 93 where the door wants a password, which
 * SOCKS 4 cannot carry.
 */
sealed interface SocksRequest {
    /** The name or address literal. */
    String target();

    int port();

    /** The answer to a request that is refused before anybody is asked; null when it is sound. */
    @Nullable Object fault();

    Object granted();

    Object failed(ConnectFailure failure);

    /** SOCKS 5. */
    record Five(Socks5CommandRequest request) implements SocksRequest {
        @Override
        public String target() {
            return request.dstAddr();
        }

        @Override
        public int port() {
            return request.dstPort();
        }

        @Override
        public @Nullable Object fault() {
            if (request.decoderResult().isFailure()) {
                return request.decoderResult().cause()
                                instanceof AddressTypeDecoder.UnsupportedAddressTypeException
                        ? reply(Socks5CommandStatus.ADDRESS_UNSUPPORTED)
                        : reply(Socks5CommandStatus.FAILURE);
            }
            return request.type().equals(Socks5CommandType.CONNECT)
                    ? null
                    : reply(Socks5CommandStatus.COMMAND_UNSUPPORTED);
        }

        @Override
        public Object granted() {
            return reply(Socks5CommandStatus.SUCCESS);
        }

        @Override
        public Object failed(ConnectFailure failure) {
            return reply(
                    switch (failure) {
                        case UNKNOWN, AMBIGUOUS, OFFLINE -> Socks5CommandStatus.HOST_UNREACHABLE;
                        case REFUSED -> Socks5CommandStatus.CONNECTION_REFUSED;
                        case TIMED_OUT -> Socks5CommandStatus.TTL_EXPIRED;
                        case NOT_ALLOWED -> Socks5CommandStatus.FORBIDDEN;
                        case BUSY -> Socks5CommandStatus.FAILURE;
                    });
        }

        private static Object reply(Socks5CommandStatus status) {
            return new DefaultSocks5CommandResponse(status, Socks5AddressType.IPv4);
        }
    }

    /** SOCKS 4 and 4a. */
    record Four(Socks4CommandRequest request) implements SocksRequest {
        @Override
        public String target() {
            return request.dstAddr();
        }

        @Override
        public int port() {
            return request.dstPort();
        }

        @Override
        public @Nullable Object fault() {
            return request.decoderResult().isFailure()
                            || !request.type().equals(Socks4CommandType.CONNECT)
                    ? reply(Socks4CommandStatus.REJECTED_OR_FAILED)
                    : null;
        }

        @Override
        public Object granted() {
            return reply(Socks4CommandStatus.SUCCESS);
        }

        @Override
        public Object failed(ConnectFailure failure) {
            return reply(Socks4CommandStatus.REJECTED_OR_FAILED);
        }

        /** The user could not be confirmed. */
        Object notSignedIn() {
            return reply(Socks4CommandStatus.IDENTD_AUTH_FAILURE);
        }

        private static Object reply(Socks4CommandStatus status) {
            return new DefaultSocks4CommandResponse(status);
        }
    }
}
