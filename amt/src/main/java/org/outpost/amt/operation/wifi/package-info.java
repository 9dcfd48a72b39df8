/** Wi-Fi profiles and 802.1X. */
@NullMarked
package org.outpost.amt.operation.wifi;

import org.jspecify.annotations.NullMarked;
