/** Tests. */
@NullMarked
package org.outpost.server.web.channel;

import org.jspecify.annotations.NullMarked;
