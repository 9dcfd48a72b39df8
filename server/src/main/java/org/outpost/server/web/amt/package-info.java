/** What AMT of a device can do, as routes of the API: those of Open DMT's MPS, and more beside. */
@NullMarked
package org.outpost.server.web.amt;

import org.jspecify.annotations.NullMarked;
