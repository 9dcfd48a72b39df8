/** Who hears of alerts, by WS-Eventing and by PET. */
@NullMarked
package org.outpost.amt.operation.subscription;

import org.jspecify.annotations.NullMarked;
