package org.outpost.gateway.proxy;

/** A request that cannot be meant for this proxy. The message is for the person who sent it. */
final class BadRequestException extends Exception {
    BadRequestException(String message) {
        super(message);
    }
}
