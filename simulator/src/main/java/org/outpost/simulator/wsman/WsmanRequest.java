package org.outpost.simulator.wsman;

import org.jspecify.annotations.Nullable;
import org.outpost.simulator.cim.Value;

import java.util.Map;
import java.util.OptionalLong;

import javax.xml.namespace.QName;

/**
 * What a device needs to know of a request's envelope.
 *
 * @param action addressing header Action
 * @param messageId addressing header MessageID, to be echoed as it is
 * @param resourceUri header ResourceURI
 * @param selectors header SelectorSet; empty when there is none
 * @param tokens header IssuedTokens, which only Subscribe has
 * @param maxEnvelopeSize header MaxEnvelopeSize, in octets
 * @param notUnderstood first header that had to be understood and is not
 * @param body first element in the body
 */
record WsmanRequest(
        @Nullable String action,
        @Nullable String messageId,
        @Nullable String resourceUri,
        Map<String, Value> selectors,
        @Nullable XmlElement tokens,
        OptionalLong maxEnvelopeSize,
        @Nullable QName notUnderstood,
        @Nullable XmlElement body) {}
