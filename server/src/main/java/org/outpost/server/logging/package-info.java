/** What is logged, how, and at which level. */
@NullMarked
package org.outpost.server.logging;

import org.jspecify.annotations.NullMarked;
