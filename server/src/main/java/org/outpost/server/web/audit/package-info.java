/** What was done over the API, by whom and why: written down, shown and exported. */
@NullMarked
package org.outpost.server.web.audit;

import org.jspecify.annotations.NullMarked;
