/** What the end-to-end tests share: servers, fleets, consoles, the API and the metrics. */
@NullMarked
package org.outpost.it.support;

import org.jspecify.annotations.NullMarked;
