package org.outpost.gateway.socks;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.socksx.v5.Socks5AddressDecoder;
import io.netty.handler.codec.socksx.v5.Socks5AddressType;

/**
 * Netty's address decoder, but an unknown type can be told from other faults (RFC 1928 §6, X'08').
 */
final class AddressTypeDecoder implements Socks5AddressDecoder {
    /** The request has an address type that RFC 1928 does not know. */
    static final class UnsupportedAddressTypeException extends DecoderException {
        private static final long serialVersionUID = 1;

        UnsupportedAddressTypeException(int type) {
            super("unsupported address type: " + type);
        }
    }

    @Override
    public String decodeAddress(Socks5AddressType type, ByteBuf in) throws Exception {
        if (type.equals(Socks5AddressType.IPv4)
                || type.equals(Socks5AddressType.IPv6)
                || type.equals(Socks5AddressType.DOMAIN)) {
            return DEFAULT.decodeAddress(type, in);
        }
        throw new UnsupportedAddressTypeException(type.byteValue() & 0xFF);
    }
}
