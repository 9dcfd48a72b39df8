package org.outpost.server.web.amt;

import org.outpost.amt.operation.Confirmation;

/**
 * Something was done.
 *
 * @param status {@code SUCCESS}, or {@code UNCONFIRMED} where the device's answer was lost because
 *     of what it did
 */
record Status(String status) {
    static final Status SUCCESS = new Status("SUCCESS");

    static Status of(Confirmation confirmation) {
        return confirmation == Confirmation.CONFIRMED ? SUCCESS : new Status("UNCONFIRMED");
    }
}
