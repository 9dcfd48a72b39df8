package org.outpost.server.command;

/** A subscriber as the API tells it. */
record SubscriberView(
        String id,
        String type,
        String url,
        String origin,
        String state,
        String reason,
        long acknowledged,
        long lag,
        long missed) {}
