package org.outpost.server.web;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.outpost.inventory.notification.delivery.Subscribers;

import java.util.Locale;

/**
 * A subscriber as the API shows it.
 *
 * @param id how it is called
 * @param origin {@code file} or {@code api}: where it can be changed
 * @param state {@code active}, {@code failing} or {@code gone}
 * @param reason why the last attempt failed; empty when all is well
 * @param acknowledged everything up to this sequence
 * @param lag how many events it has not acknowledged
 * @param missed how many were not kept until it took them, since the start
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record SubscriberView(
        String id,
        String type,
        String url,
        String origin,
        String state,
        String reason,
        long acknowledged,
        long lag,
        long missed) {
    static SubscriberView of(Subscribers.Status status) {
        return new SubscriberView(
                status.subscriber().id(),
                status.subscriber().format().word(),
                status.subscriber().shownUrl(),
                status.subscriber().origin().name().toLowerCase(Locale.ROOT),
                status.state().name().toLowerCase(Locale.ROOT),
                status.reason(),
                status.acknowledged(),
                status.lag(),
                status.missed());
    }
}
