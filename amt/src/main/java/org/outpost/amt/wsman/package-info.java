/** WS-Management (DSP0226) as Intel AMT speaks it: requests, envelopes, faults. */
@NullMarked
package org.outpost.amt.wsman;

import org.jspecify.annotations.NullMarked;
