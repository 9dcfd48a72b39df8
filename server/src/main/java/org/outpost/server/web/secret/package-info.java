/** The keys under which passwords of devices are kept. */
@NullMarked
package org.outpost.server.web.secret;

import org.jspecify.annotations.NullMarked;
