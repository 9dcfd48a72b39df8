package org.outpost.simulator.amt;

import org.jspecify.annotations.Nullable;

import java.util.OptionalLong;

import javax.xml.namespace.QName;

/**
 * What a device needs to know of a request's envelope.
 *
 * @param action addressing header Action
 * @param messageId addressing header MessageID, to be echoed as it is
 * @param resourceUri header ResourceURI
 * @param maxEnvelopeSize header MaxEnvelopeSize, in octets
 * @param notUnderstood first header that had to be understood and is not
 * @param operation first element in the body
 */
record WsmanRequest(
        @Nullable String action,
        @Nullable String messageId,
        @Nullable String resourceUri,
        OptionalLong maxEnvelopeSize,
        @Nullable QName notUnderstood,
        @Nullable QName operation) {}
