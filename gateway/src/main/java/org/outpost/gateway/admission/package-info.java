/** Limits on what strangers may cost us before they are known. */
@NullMarked
package org.outpost.gateway.admission;

import org.jspecify.annotations.NullMarked;
